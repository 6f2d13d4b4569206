// The Management API from Swift.

import Auth0API

/// A client of one tenant's Management API. Share it: it caches the access token and keeps connections open.
///
/// ```swift
/// let client = try ManagementClient(
///     domain: "acme.eu.auth0.com", credentials: .clientCredentials(id: id, secret: secret))
/// let response = try await client.call("clients.list", query: [("per_page", "100")])
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
        let operation = request.operation
        let customDomain = options.customDomain ?? (operation.takesCustomDomain ? client.options.customDomain : nil)
        let sent = APIRequest(
            method: operation.verb.rawValue, url: "\(client.tenant.origin)/api/v2\(request.path)",
            headers: client.headers(
                contentType: request.body == nil ? nil : request.contentType, customDomain: customDomain,
                options.headers),
            body: request.body)
        let call = client.call(
            operation.name, operation.verb, isRepeatable: options.isIdempotent || operation.isIdempotent,
            tokens: tokens, options)
        do throws(APIError) {
            return try await client.loop.send(sent, for: call).checked(for: operation)
        } catch {
            throw Redactor(secrets + tokens.issued).redact(error)
        }
    }
}

extension ManagementClient {
    /// Calls an operation by its name: `clients.update`.
    ///
    /// - Parameters:
    ///   - name: dotted name, as `luath api` prints it.
    ///   - path: values of the path's parameters, in their order, not encoded.
    ///   - query: names and values, not encoded; a name may repeat.
    ///   - body: JSON, or text for an operation that takes text; nil sends none.
    /// - Throws: kind `argument`, with the nearest names, for an unknown one or for a wrong or unsafe path value; else as
    ///   `send`.
    public func call(
        _ name: String, path: [String] = [], query: [(String, String)] = [], body: [UInt8]? = nil,
        options: CallOptions = CallOptions()
    ) async throws(APIError) -> APIResponse {
        guard let operation = Catalog.shared.operation(name, in: .management) else {
            let near = Catalog.shared.suggestions(for: name, in: .management)
            throw APIError(
                .argument, name: "InvalidArgumentError", message: "no operation '\(name)'",
                hint: near.isEmpty ? nil : "did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?")
        }
        let text = Operation.query(query.map { QueryValue.Pair($0.0, .string($0.1)) })
        let path = try operation.path(arguments: path) + (text.isEmpty ? "" : "?\(text)")
        return try await send(OperationRequest(operation, path: path, body: body), options: options)
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
