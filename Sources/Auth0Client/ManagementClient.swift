// The Management API from Swift.

import Auth0API

/// A client of one tenant's Management API. Share it: it caches the access token and keeps connections open.
///
/// ```swift
/// let management = try ManagementClient(
///     domain: "acme.eu.auth0.com", credentials: .clientCredentials(id: id, secret: secret))
/// let response: APIResponse = try await management.call("clients.list", query: [("per_page", "100")])
/// ```
public final class ManagementClient: Sendable {
    private let client: Client
    private let tokens: TokenSource
    private let secrets: [Secret]

    /// Makes a client; sends nothing.
    ///
    /// - Parameters:
    ///   - domain: `acme.eu.auth0.com`, `https://host:port`, or `http://127.0.0.1:port`.
    ///   - credentials: a token, or how to get one. A token is asked for at the first call, cached for its lifetime less
    ///     a tenth (at most a minute), and replaced once when the API refuses it.
    /// - Throws: kind `config` for a malformed domain, an empty credential, or a CA file or proxy that cannot be used.
    public init(
        domain: String, credentials: Credentials, options: ClientOptions = ClientOptions()
    ) throws(APIError) {
        client = try Client(domain: domain, options: options)
        switch credentials {
        case .token(let token):
            try token.requireUsable("access token")
            tokens = TokenSource(fixed: token)
            secrets = [token]
        case .clientCredentials(let id, let credential, let audience):
            try Secret(id).requireUsable("client id")
            let authenticator = AuthenticationClient(
                try Client(sharing: client), clientID: id, credential: credential)
            if case .secret(let secret) = credential {
                try secret.requireUsable("client secret")
                secrets = [secret]
            } else {
                secrets = []
            }
            let audience = audience ?? "\(client.tenant.origin)/api/v2/"
            tokens = TokenSource(time: options.time) { () async throws(APIError) in
                try await authenticator.accessToken(audience: audience)
            }
        }
    }

    /// Where the client's tenant is.
    public var tenant: TenantAddress { client.tenant }

    /// Sends one call and gives the whole answer, retried as `RetryPolicy` says.
    ///
    /// - Returns: an answer with a success status, its body not parsed.
    /// - Throws: kind `api` for an error status, named after it (`NotFoundError`); `network` and `timeout` when there is
    ///   no answer; `config` when the tenant refuses the credentials; `parse` for a body that is not JSON where JSON is
    ///   promised; `limit` for one that is too large; `cancelled` as soon as the task is cancelled.
    public func send(
        _ request: OperationRequest, options: CallOptions = CallOptions()
    ) async throws(APIError) -> APIResponse {
        let response = try await fetch(
            self.request(for: request, options: options), for: request.operation, options: options)
        return try check(response, for: request.operation)
    }

    /// The request that a call sends, without its token: client headers, custom domain and the call's own headers.
    public func request(for request: OperationRequest, options: CallOptions = CallOptions()) -> APIRequest {
        let operation = request.operation
        let customDomain = options.customDomain ?? (operation.takesCustomDomain ? client.options.customDomain : nil)
        let hasBody = request.body != nil || request.upload != nil
        return APIRequest(
            method: operation.verb.rawValue, url: "\(client.tenant.origin)/api/v2\(request.path)",
            headers: client.headers(
                contentType: hasBody ? request.contentType : nil, customDomain: customDomain, options.headers),
            body: request.body, upload: request.upload)
    }

    /// Sends a request as a call of an operation and gives the last answer, whatever its status.
    ///
    /// The token goes to the client's tenant only; a request to any other place is sent without one.
    /// - Throws: as `send`, but for kinds `api` and `parse`.
    public func fetch(
        _ request: APIRequest, for operation: Operation, options: CallOptions = CallOptions()
    ) async throws(APIError) -> APIResponse {
        do throws(APIError) {
            return try await client.loop.send(request, for: call(request, operation, options))
        } catch {
            throw redactor.redact(error)
        }
    }

    /// The answer, if it is a success that can hold what the operation gives.
    ///
    /// - Throws: kind `api` for an error status, `parse` for a body that is not JSON where JSON is promised.
    public func check(_ response: APIResponse, for operation: Operation) throws(APIError) -> APIResponse {
        do throws(APIError) {
            return try response.checked(for: operation)
        } catch {
            throw redactor.redact(error)
        }
    }

    /// Opens a stream of events (`events.subscribe`). The first connection is made at once.
    ///
    /// - Parameter request: without a body; its query says where to start.
    /// - Throws: as `send`, when the tenant refuses.
    public func events(
        _ request: OperationRequest, from offset: @escaping @Sendable (String) -> OperationRequest,
        options: CallOptions = CallOptions()
    ) async throws(APIError) -> EventStream {
        let operation = request.operation
        let stream = EventStream(
            operation: operation.name, time: client.options.time, mostFailures: options.maxRetries ?? 10
        ) { [self] place throws(APIError) in
            var sent = self.request(for: place.map(offset) ?? request, options: options)
            sent.headers["Accept"] = "text/event-stream"
            let opening = Opening(client.transport)
            do throws(APIError) {
                let response = try await client.loop.over(opening).send(sent, for: call(sent, operation, options))
                if (200..<300).contains(response.status) {
                    try response.checkEventStream(operation)
                } else {
                    _ = try response.checked(for: operation)
                }
                return try opening.stream(operation)
            } catch {
                throw redactor.redact(error)
            }
        }
        try await stream.open()
        return stream
    }

    private var redactor: Redactor { Redactor(secrets + tokens.issued) }

    private func call(_ request: APIRequest, _ operation: Operation, _ options: CallOptions) -> CallLoop.Call {
        let verb = Verb(rawValue: request.method) ?? operation.verb
        let isOwn = request.url.hasPrefix("\(client.tenant.origin)/")
        return client.call(
            operation.name, verb,
            isRepeatable: options.isIdempotent || (verb == operation.verb && operation.isIdempotent),
            tokens: isOwn ? tokens : nil, options)
    }
}

extension ManagementClient {
    /// Calls an operation by its name: `clients.update`.
    ///
    /// - Parameters:
    ///   - name: dotted name, as `luath api` prints it.
    ///   - path: values of the path's parameters, in their order, not encoded.
    ///   - query: names and values, not encoded; a name may repeat.
    ///   - body: what to send as JSON; bytes are sent as they are, nil sends none.
    /// - Throws: kind `argument`, with the nearest names, for an unknown one, for a wrong or unsafe path value, or for a
    ///   body that JSON cannot say; else as `send`.
    @discardableResult
    public func call(
        _ name: String, path: [String] = [], query: [(String, String)] = [], body: (any Encodable & Sendable)? = nil,
        options: CallOptions = CallOptions()
    ) async throws(APIError) -> APIResponse {
        let operation = try Operation.named(name, in: .management)
        let text = Operation.query(query.map { QueryValue.Pair($0.0, .string($0.1)) })
        let path = try operation.path(arguments: path) + (text.isEmpty ? "" : "?\(text)")
        var bytes: [UInt8]?
        if let body {
            bytes = try operation.encodedBody(body)
        } else if operation.sendsEmptyBody {
            bytes = Array("{}".utf8)
        }
        guard !operation.isEventStream, operation.body?.encoding != .multipart else {
            throw operation.invalidArgument(
                "it is not called with a body of JSON for an answer that ends",
                hint: operation.isEventStream ? "use events(_:from:)" : "use send with an upload")
        }
        return try await send(OperationRequest(operation, path: path, body: bytes), options: options)
    }
}

extension Secret {
    /// - Throws: kind `config` when the value is empty or has white space around it, as from a malformed file.
    func requireUsable(_ what: String) throws(APIError) {
        let value = reveal()
        let isQuoted = value.count > 1 && (value.first == "\"" || value.first == "'")
        guard value.isEmpty || value.contains(where: { $0.isWhitespace }) || isQuoted else { return }
        throw APIError(
            .config, name: "ConfigurationError",
            message: value.isEmpty ? "the \(what) is empty" : "the \(what) has spaces or quotes in it",
            hint: "check the environment variable or file that it comes from")
    }
}
