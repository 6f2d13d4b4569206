// The body of an operation: how it is written and what is always in it.

/// The body of an operation.
public struct Body: Sendable, Hashable, Codable {
    public enum Encoding: String, Sendable, Codable { case json, form, multipart }
    public let encoding: Encoding
    /// `object`, `map`, `union` or `array`.
    public let type: FieldType
    public let isRequired: Bool
    /// Name of the shape of the body, or of the elements of a body that is an array.
    public let ref: String?
    /// Element type of an array or value type of a map.
    public let items: String?
    public let anyOf: [String]?
    /// Properties of an object body; empty for other kinds.
    public let fields: [Field]
    /// Whether properties outside `fields` are sent as they are (the catalog does not know the shape).
    public internal(set) var isOpen: Bool
    /// Properties that are always sent (`grant_type`).
    public let fixed: [String: String]
    /// Properties that replace `fixed` ones when the caller gives the property that is the key: `password_grant` has
    /// another `grant_type` when there is a `realm`.
    public let fixedWhen: [String: [String: String]]
    /// Properties that are sent when the caller leaves them out.
    public let defaults: [String: String]
    /// Properties that are also sent under a second name, unless the caller gives that one too.
    public let copies: [String: String]

    public init(
        encoding: Encoding = .json, type: FieldType = .object, isRequired: Bool = false, ref: String? = nil,
        items: String? = nil, anyOf: [String]? = nil, fields: [Field] = [], isOpen: Bool = false,
        fixed: [String: String] = [:], fixedWhen: [String: [String: String]] = [:], defaults: [String: String] = [:],
        copies: [String: String] = [:]
    ) {
        self.encoding = encoding
        self.type = type
        self.isRequired = isRequired
        self.ref = ref
        self.items = items
        self.anyOf = anyOf
        self.fields = fields
        self.isOpen = isOpen
        self.fixed = fixed
        self.fixedWhen = fixedWhen
        self.defaults = defaults
        self.copies = copies
    }

    enum CodingKeys: String, CodingKey {
        case encoding, type
        case isRequired = "required"
        case ref, items, anyOf, fields
        case isOpen = "open"
        case fixed, fixedWhen, defaults, copies
    }

    public init(from decoder: any Decoder) throws {
        let line = try decoder.container(keyedBy: CodingKeys.self)
        encoding = try line.decodeIfPresent(Encoding.self, forKey: .encoding) ?? .json
        type = try line.decodeIfPresent(FieldType.self, forKey: .type) ?? .object
        isRequired = try line.decodeIfPresent(Bool.self, forKey: .isRequired) ?? false
        ref = try line.decodeIfPresent(String.self, forKey: .ref)
        items = try line.decodeIfPresent(String.self, forKey: .items) ?? (type == .array || type == .map ? ref : nil)
        anyOf = try line.decodeIfPresent([String].self, forKey: .anyOf)
        fields = try line.decodeIfPresent([Field].self, forKey: .fields) ?? []
        isOpen = try line.decodeIfPresent(Bool.self, forKey: .isOpen) ?? false
        fixed = try line.decodeIfPresent([String: String].self, forKey: .fixed) ?? [:]
        fixedWhen = try line.decodeIfPresent([String: [String: String]].self, forKey: .fixedWhen) ?? [:]
        defaults = try line.decodeIfPresent([String: String].self, forKey: .defaults) ?? [:]
        copies = try line.decodeIfPresent([String: String].self, forKey: .copies) ?? [:]
    }
}
