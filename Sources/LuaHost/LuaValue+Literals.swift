// Swift's literals as Lua values, and when two values are the same.

extension LuaValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .nil }
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral items: LuaValue...) { self = .array(items) }
    public init(dictionaryLiteral fields: (String, LuaValue)...) { self = .table(fields.map { (key: $0, value: $1) }) }
}

/// Tables are equal whatever the order of their fields. An integer is never equal to a number with a fraction part, nor a
/// `json` document to anything but itself.
extension LuaValue: Equatable {
    public static func == (left: LuaValue, right: LuaValue) -> Bool {
        switch (left, right) {
        case (.nil, .nil), (.null, .null): true
        case (.boolean(let left), .boolean(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.string(let text), .bytes(let bytes)), (.bytes(let bytes), .string(let text)):
            text.utf8.elementsEqual(bytes)
        case (.bytes(let left), .bytes(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.table(let left), .table(let right)):
            left.byKey == right.byKey
        case (.json(let left), .json(let right)): left === right
        case (.opaque(let left), .opaque(let right)): left == right
        default: false
        }
    }
}

extension [(key: String, value: LuaValue)] {
    /// By the keys' bytes, as Lua compares them; the last one of fields with the same key counts.
    fileprivate var byKey: [[UInt8]: LuaValue] { Dictionary(map { ([UInt8]($0.key.utf8), $0.value) }) { $1 } }
}
