// One line of the catalog as it is stored: the API's facts, and our own facts that are laid over them.

/// A line of `management.ndjson` and its siblings. What a line leaves out has the value named at `Operation.init`.
struct OperationLine: Decodable {
    struct PagingLine: Decodable {
        var kind: Paging.Kind
        var listKey: String
        var maxPageSize: Int?
        var hasTotals: Bool?
    }
    struct ClientLine: Decodable {
        var required: Bool?
        var credentials: Bool?
        var mtlsHost: Bool?
    }
    var name: String
    var verb: Verb
    var path: String
    var parameters: [Field]?
    var bearer: String?
    var query: [Field]?
    var openQuery: Bool?
    var body: Body?
    var paging: PagingLine?
    var scopes: [String]?
    var success: [Int]?
    var response: String?
    var lifecycle: String?
    var inSDK: Bool?
    var deprecated: Bool?
    var customDomain: Bool?
    var eventStream: Bool?
    var url: Bool?
    var client: ClientLine?
    var idToken: Bool?
    var pollErrors: [String]?
    var secrets: [String]?
}

/// A line of `overlay.ndjson`. What it states wins over the API's facts; `secrets` are added to them.
struct OverlayLine: Decodable {
    var name: String
    var effect: Effect?
    var cap: Int?
    var capHint: String?
    var cursorField: String?
    var maxPageSize: Int?
    var hint: String?
    var secrets: [String]?
    /// Whether a client without credentials may call, which the SDK refuses and the protocol allows.
    var publicClients: Bool?
    /// Whether an ID token in the answer is validated, where the SDK does not.
    var idToken: Bool?
    /// Whether a POST may be sent again when its outcome is unknown.
    var idempotent: Bool?
    /// Fields of the answer to fill in from others.
    var filled: [String: [String]]?
    /// Whether a call without a request sends `{}`; false for the few writes that then send no body.
    var emptyBody: Bool?
}

extension Operation {
    /// An operation that the catalog does not know, for calls that name their verb and path.
    ///
    /// - Parameters:
    ///   - path: below the API's base, complete, with no parameters in braces.
    ///   - hasBody: whether a body is sent; its properties go as they are.
    public static func uncatalogued(_ verb: Verb, path: String, hasBody: Bool, in api: API) -> Operation {
        let line = OperationLine(
            name: "request", verb: verb, path: path, openQuery: true, body: hasBody ? Body(isOpen: true) : nil,
            inSDK: false)
        return Operation(line, overlay: nil, api: api)
    }

    init(_ line: OperationLine, overlay: OverlayLine?, api: API) {
        self.api = api
        name = line.name
        verb = line.verb
        path = line.path
        pathParameters = line.parameters ?? []
        bearerParameter = line.bearer
        query = line.query ?? []
        hasOpenQuery = line.openQuery ?? false
        body = line.body
        paging = line.paging.map {
            Paging(
                kind: $0.kind, listKey: $0.listKey, maxPageSize: overlay?.maxPageSize ?? $0.maxPageSize ?? 50,
                hasTotals: $0.hasTotals ?? false, cap: overlay?.cap, capHint: overlay?.capHint,
                cursorField: overlay?.cursorField)
        }
        scopes = line.scopes ?? []
        effect = overlay?.effect ?? (line.verb == .get ? .read : .write)
        successStatus = line.success ?? []
        response = line.response
        lifecycle = line.lifecycle ?? "GA"
        isInSDK = line.inSDK ?? true
        isDeprecated = line.deprecated ?? false
        takesCustomDomain = line.customDomain ?? false
        isEventStream = line.eventStream ?? false
        buildsURL = line.url ?? false
        clientAuthentication = line.client.map {
            ClientAuthentication(
                isRequired: $0.required ?? false,
                allowsPublicClients: overlay?.publicClients ?? !($0.required ?? false), sendsClientID: true,
                sendsCredentials: $0.credentials ?? false, usesMTLSHost: $0.mtlsHost ?? false)
        }
        isIdempotent = overlay?.idempotent ?? (effect == .read)
        filledFields = overlay?.filled ?? [:]
        validatesIDToken = overlay?.idToken ?? line.idToken ?? false
        pollErrors = line.pollErrors ?? []
        secretFields = (line.secrets ?? []) + (overlay?.secrets ?? [])
        hint = overlay?.hint
        sendsEmptyBody = line.body != nil && line.verb != .get && overlay?.emptyBody != false
    }
}
