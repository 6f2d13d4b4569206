// One API operation as the catalog describes it: what a call may carry and where it goes.

/// Which of Auth0's APIs an operation belongs to. It decides the base path and who may authenticate.
public enum API: String, Sendable, Codable, CaseIterable {
    /// `https://{domain}/api/v2`, with a Management token.
    case management
    /// `https://{domain}`, with client authentication.
    case authentication
    /// `https://{domain}`, with an access token of a user.
    case userinfo
}

/// The HTTP methods that the catalog uses.
public enum Verb: String, Sendable, Codable, CaseIterable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
}

/// What a call does to the tenant; this, not the verb, decides what a plan records.
public enum Effect: String, Sendable, Codable {
    /// Changes nothing.
    case read
    /// Changes the tenant, or makes it send something to a person.
    case write
    /// Issues a token and changes nothing else that scripts can see.
    case token
}

/// One path parameter, query parameter, body property or property of a type.
public struct Field: Sendable, Hashable, Codable {
    /// The wire's own name, never re-cased.
    public let name: String
    /// `string`, `number`, `boolean`, `object`, `array`, `map`, `union`, `file`, `any`, or absent for `string`.
    public let type: FieldType
    /// Element type of an array or value type of a map: a primitive's name or the name of a `Shape`.
    public let items: String?
    /// Name of the `Shape` that an object (or array element) has.
    public let ref: String?
    /// The alternatives of a union: primitives' names or names of shapes.
    public let anyOf: [String]?
    /// The allowed values, when there is a closed list.
    public let values: [String]?
    public let isRequired: Bool
    public let isNullable: Bool
    public let minimum: Double?
    public let maximum: Double?
    public let minLength: Int?
    public let maxLength: Int?
    /// The value that the wire calls it by, where Lua's name differs (`email` is sent as `username`).
    public let wireName: String?
}

public enum FieldType: String, Sendable, Codable {
    case string, number, boolean, object, array, map, union, file, any
}

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
    public let isOpen: Bool
    /// Properties that are always sent (`grant_type`).
    public let fixed: [String: String]
}

/// How an operation that answers with a list is paged.
public struct Paging: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable { case offset, checkpoint }
    public let kind: Kind
    /// The key of the answer that holds the items.
    public let listKey: String
    /// The largest page that the catalog allows; 50 where it says nothing.
    public let maxPageSize: Int
    /// Whether the operation takes `include_totals`.
    public let hasTotals: Bool
    /// The most items that the API gives through paging, whatever the page size; nil is no limit.
    public let cap: Int?
    /// The way out that an error about `cap` names.
    public let capHint: String?
}

/// One operation. Values are immutable and made from one line of the catalog.
public struct Operation: Sendable, Hashable {
    public let api: API
    /// Dotted name in snake_case, without the API's name: `clients.update`.
    public let name: String
    public let verb: Verb
    /// Path below the API's base, with parameters in braces: `/clients/{id}`.
    public let path: String
    /// In the order of the arguments.
    public let pathParameters: [Field]
    public let query: [Field]
    /// Whether query keys outside `query` are sent as they are (the catalog does not know them).
    public let hasOpenQuery: Bool
    public let body: Body?
    public let paging: Paging?
    /// Scopes that the operation asks for; sometimes any one of them is enough.
    public let scopes: [String]
    public let effect: Effect
    public let successStatus: [Int]
    /// The answer's type: the name of a shape, `array<Shape>`, `text`, or nil for no body.
    public let response: String?
    /// `GA`, `EA` or `beta`.
    public let lifecycle: String
    /// False for operations that the official SDK has no function for.
    public let isInSDK: Bool
    /// Whether Auth0 documents the custom-domain header for it.
    public let takesCustomDomain: Bool
    /// Whether the answer is a stream of server-sent events.
    public let isEventStream: Bool
    /// One sentence of our own that helps when the operation is refused.
    public let hint: String?
    /// Whether a call without a request is allowed.
    public var requestIsOptional: Bool {
        !(body?.isRequired ?? false) && !query.contains { $0.isRequired }
    }
    /// Whether the operation takes a request table at all.
    public var takesRequest: Bool { body != nil || !query.isEmpty || hasOpenQuery }
}
