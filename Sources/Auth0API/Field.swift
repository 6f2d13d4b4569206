// A parameter or property: its type and the rules that a value is checked against before anything is sent.

/// The kinds of value that a field can hold.
public enum FieldType: String, Sendable, Codable {
    case string, number, boolean, object, array, map, union, file, any
}

/// One path parameter, query parameter, body property or property of a type.
public struct Field: Sendable, Hashable, Codable {
    /// The name that a caller uses: the wire's own, never re-cased, unless `wireName` says otherwise.
    public let name: String
    /// `string` where the catalog says nothing.
    public let type: FieldType
    /// Element type of an array or value type of a map, as a `TypeName`.
    public let items: String?
    /// Name of the `Shape` that an object (or array element) has.
    public let ref: String?
    /// The alternatives of a union, each a `TypeName`.
    public let anyOf: [String]?
    /// The allowed values, when there is a closed list; of an array, the allowed elements.
    public let values: [String]?
    public let isRequired: Bool
    /// The field that makes this one needless though it is required; nil where there is none.
    public let replacedBy: String?
    public let isNullable: Bool
    public let minimum: Double?
    public let maximum: Double?
    public let minLength: Int?
    public let maxLength: Int?
    /// The name on the wire where it differs (`email` is sent as `username`).
    public let wireName: String?
    /// How the value is written on the wire where it is not sent as it is: `iss_sub` wraps a user id into a JSON text
    /// with the tenant as its issuer.
    public let wireEncoding: String?

    public init(
        name: String, type: FieldType = .string, items: String? = nil, ref: String? = nil, anyOf: [String]? = nil,
        values: [String]? = nil, isRequired: Bool = false, replacedBy: String? = nil, isNullable: Bool = false,
        minimum: Double? = nil,
        maximum: Double? = nil, minLength: Int? = nil, maxLength: Int? = nil, wireName: String? = nil,
        wireEncoding: String? = nil
    ) {
        self.name = name
        self.type = type
        self.items = items
        self.ref = ref
        self.anyOf = anyOf
        self.values = values
        self.isRequired = isRequired
        self.replacedBy = replacedBy
        self.isNullable = isNullable
        self.minimum = minimum
        self.maximum = maximum
        self.minLength = minLength
        self.maxLength = maxLength
        self.wireName = wireName
        self.wireEncoding = wireEncoding
    }

    enum CodingKeys: String, CodingKey {
        case name, type, items, ref, anyOf, values
        case isRequired = "required"
        case isNullable = "nullable"
        case replacedBy, minimum, maximum, minLength, maxLength, wireName, wireEncoding
    }

    public init(from decoder: any Decoder) throws {
        let line = try decoder.container(keyedBy: CodingKeys.self)
        name = try line.decode(String.self, forKey: .name)
        type = try line.decodeIfPresent(FieldType.self, forKey: .type) ?? .string
        ref = try line.decodeIfPresent(String.self, forKey: .ref)
        // An array of shapes says so once, in `ref`.
        items = try line.decodeIfPresent(String.self, forKey: .items) ?? (type == .array || type == .map ? ref : nil)
        anyOf = try line.decodeIfPresent([String].self, forKey: .anyOf)
        values = try line.decodeIfPresent([String].self, forKey: .values)
        isRequired = try line.decodeIfPresent(Bool.self, forKey: .isRequired) ?? false
        replacedBy = try line.decodeIfPresent(String.self, forKey: .replacedBy)
        isNullable = try line.decodeIfPresent(Bool.self, forKey: .isNullable) ?? false
        minimum = try line.decodeIfPresent(Double.self, forKey: .minimum)
        maximum = try line.decodeIfPresent(Double.self, forKey: .maximum)
        minLength = try line.decodeIfPresent(Int.self, forKey: .minLength)
        maxLength = try line.decodeIfPresent(Int.self, forKey: .maxLength)
        wireName = try line.decodeIfPresent(String.self, forKey: .wireName)
        wireEncoding = try line.decodeIfPresent(String.self, forKey: .wireEncoding)
    }
}
