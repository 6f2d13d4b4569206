// A JSON document as a value that keeps what a tenant must hand back unchanged: the order of members and the digits of numbers.

/// One JSON value.
enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The digits as they were written, so that no number changes on its way through the store.
    case number(String)
    case string(String)
    case array([JSON])
    case object(Object)

    /// Members in the order they were written; a name appears once.
    struct Object: Sendable, Equatable {
        private(set) var members: [(name: String, value: JSON)] = []

        init() {}
        init(_ members: [(name: String, value: JSON)]) { self.members = members }

        /// The member of that name; setting nil removes it, setting a new name appends it.
        subscript(name: String) -> JSON? {
            get { members.first { $0.name == name }?.value }
            set {
                let index = members.firstIndex { $0.name == name }
                switch (index, newValue) {
                case (let index?, let value?): members[index].value = value
                case (let index?, nil): members.remove(at: index)
                case (nil, let value?): members.append((name, value))
                case (nil, nil): break
                }
            }
        }

        static func == (left: Object, right: Object) -> Bool {
            left.members.count == right.members.count
                && left.members.allSatisfy { right[$0.name] == $0.value }
        }
    }

    /// The string, or nil for any other kind.
    var string: String? { if case .string(let value) = self { value } else { nil } }
    /// The truth value, or nil for any other kind.
    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The elements, or nil for any other kind.
    var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
    /// The object, or nil for any other kind.
    var object: Object? { if case .object(let value) = self { value } else { nil } }
    /// The number, or nil for any other kind.
    var number: Double? { if case .number(let digits) = self { Double(digits) } else { nil } }

    /// The kind as Auth0's validation messages name it.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number(let digits): digits.utf8.contains { $0 == 0x2E || $0 | 0x20 == 0x65 } ? "number" : "integer"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(integerLiteral value: Int) { self = .number(String(value)) }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Object(elements.map { (name: $0.0, value: $0.1) }))
    }
}

extension JSON.Object: ExpressibleByDictionaryLiteral {
    init(dictionaryLiteral elements: (String, JSON)...) {
        self.init(elements.map { (name: $0.0, value: $0.1) })
    }
}
