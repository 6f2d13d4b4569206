// Lua values as Swift values, for arguments and results that are small. Large answers go as `LuaJSON`.

/// A value on its way to or from Lua. Swift's literals are Lua values: `["name": "x", "sizes": [1, 2.5], "owner": nil]`.
public enum LuaValue: Sendable {
    case `nil`
    /// `json.null`.
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    /// A text that is not UTF-8.
    case bytes([UInt8])
    /// A table with list positions; named fields beside them are left out.
    case array([LuaValue])
    /// A table with text keys, in this order on the way in; in no order on the way out, where an empty list is an empty
    /// table too, unless it is marked with `json.array`.
    case table([(key: String, value: LuaValue)])
    case json(LuaJSON)
    /// A value with no Swift form (a function, a coroutine, a userdata, a secret), by the name of its type. Never pushed.
    case opaque(String)

    public var string: String? {
        switch self {
        case .string(let text): text
        case .bytes(let bytes): String(validating: bytes, as: UTF8.self)
        default: nil
        }
    }
    public var integer: Int64? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int64(exactly: value)
        default: nil
        }
    }
    public var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
    public var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }
    public var isNil: Bool { if case .nil = self { true } else { false } }
    /// The items of a list; a table without any fields is an empty one.
    public var array: [LuaValue]? {
        switch self {
        case .array(let items): items
        case .table(let fields) where fields.isEmpty: []
        default: nil
        }
    }
    /// The field of a table, or nil.
    public subscript(key: String) -> LuaValue? {
        guard case .table(let fields) = self else { return nil }
        return fields.first { $0.key == key }?.value
    }
    /// What Lua's `type` calls it.
    public var typeName: String {
        switch self {
        case .nil: "nil"
        case .null: "json.null"
        case .boolean: "boolean"
        case .integer, .number: "number"
        case .string, .bytes: "string"
        case .array, .table, .json: "table"
        case .opaque(let name): name
        }
    }
}
