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

/// How a call to the Authentication API says which application is asking.
public struct ClientAuthentication: Sendable, Hashable {
    /// Whether a secret, an assertion or a client certificate is needed, unless the client says that it has none by design
    /// and `allowsPublicClients`.
    public let isRequired: Bool
    /// Whether the protocol lets an application without credentials call it.
    public let allowsPublicClients: Bool
    /// Whether `client_id` is part of the request.
    public let sendsClientID: Bool
    /// Whether the client's secret or assertion is part of the request when it has one.
    public let sendsCredentials: Bool
    /// Whether a client that uses mutual TLS reaches it at `mtls.{domain}`.
    public let usesMTLSHost: Bool
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
    /// The name of the call's first argument, before the path parameters, when that is the bearer token to send; nil
    /// where the client's own token or client authentication is used.
    public let bearerParameter: String?
    public let query: [Field]
    /// Whether query keys outside `query` are sent as they are (the catalog does not know them).
    public let hasOpenQuery: Bool
    public internal(set) var body: Body?
    public let paging: Paging?
    /// Scopes that the operation asks for; sometimes any one of them is enough.
    public let scopes: [String]
    public let effect: Effect
    /// Documented statuses of success; empty where the catalog knows none.
    public let successStatus: [Int]
    /// The answer's type: the name of a shape, `array<Shape>`, `map<any>`, `any`, `text`, or nil for no body.
    public let response: String?
    /// `GA`, `EA` or `beta`.
    public let lifecycle: String
    /// False for operations that the official SDK has no function for.
    public let isInSDK: Bool
    public let isDeprecated: Bool
    /// Whether Auth0 documents the custom-domain header for it.
    public let takesCustomDomain: Bool
    /// Whether the answer is a stream of server-sent events.
    public let isEventStream: Bool
    /// Whether it makes a URL for a browser to visit; nothing is sent.
    public let buildsURL: Bool
    /// Nil for operations that no application signs.
    public let clientAuthentication: ClientAuthentication?
    /// Whether sending it twice does the same as sending it once, also where it is a POST.
    public let isIdempotent: Bool
    /// Fields of the answer that some tenants give under another name, each with those names: `id` is filled in from
    /// `_id`.
    public let filledFields: [String: [String]]
    /// Whether an ID token in the answer is validated before a script sees it.
    public let validatesIDToken: Bool
    /// Values of `error` that mean: ask again later (RFC 8628 §3.5). Any other error is final.
    public let pollErrors: [String]
    /// Paths of fields in the body or the answer that hold secrets: `client_secret`, `secrets[].value`, `*` for any key.
    public let secretFields: [String]
    /// One sentence of our own that helps when the operation is refused.
    public let hint: String?
    /// Whether a call without a request sends `{}` rather than no body.
    public let sendsEmptyBody: Bool
    /// Whether a call without a request is allowed.
    public var requestIsOptional: Bool {
        !(body?.isRequired ?? false) && !query.contains { $0.isRequired }
    }
    /// The same operation, for a caller that may know of fields that the catalog does not: all of them are sent.
    public var withOpenBody: Operation {
        var open = self
        open.body?.isOpen = true
        return open
    }
    /// Whether the operation takes a request table at all.
    public var takesRequest: Bool { body != nil || !query.isEmpty || hasOpenQuery }
}
