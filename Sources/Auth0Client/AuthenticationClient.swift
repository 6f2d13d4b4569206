// The Authentication API from Swift: grants and the other requests of applications.

import Auth0API

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A client of one tenant's Authentication API.
///
/// ```swift
/// let client = try AuthenticationClient(
///     domain: "acme.eu.auth0.com", clientID: id, authentication: .secret(Secret(secret)))
/// let tokens = try await client.clientCredentialsGrant(audience: "https://acme.eu.auth0.com/api/v2/")
/// ```
public final class AuthenticationClient: Sendable {
    private let client: Client
    private let clientID: String
    private let authentication: ClientAuthentication?

    /// Makes a client; sends nothing.
    ///
    /// - Parameters:
    ///   - clientID: sent with every request.
    ///   - authentication: nil is enough for operations that need no client authentication; others then fail before
    ///     anything is sent. An application that has none by design says `.publicClient`.
    /// - Throws: kind `config` for a malformed domain, or a CA file or proxy that cannot be used.
    public convenience init(
        domain: String, clientID: String, authentication: ClientAuthentication? = nil,
        options: ClientOptions = ClientOptions()
    ) throws(APIError) {
        try Secret(clientID).requireUsable("client id")
        self.init(try Client(domain: domain, options: options), clientID: clientID, authentication: authentication)
    }

    init(_ client: Client, clientID: String, authentication: ClientAuthentication?) {
        self.client = client
        self.clientID = clientID
        self.authentication = authentication
    }

    /// Sends one operation of the Authentication API.
    ///
    /// The client's id, the operation's fixed values and, where the operation takes it, client authentication are added
    /// to the fields; a field of the same name that the caller gives wins over the client's.
    ///
    /// - Throws: `AuthApiError` (kind `api`) whose code is the answer's `error` and whose message is its
    ///   `error_description`; kinds `network`, `timeout`, `config`, `cancelled` as `ManagementClient.send`.
    public func send(
        _ operation: Operation, fields: [(name: String, value: FormValue)] = [], options: CallOptions = CallOptions()
    ) async throws(APIError) -> APIResponse {
        let declared = operation.body?.fields ?? []
        let wireNames = Dictionary(declared.map { ($0.name, $0.wireName ?? $0.name) }) { first, _ in first }
        var form = Form(encoding: operation.body?.encoding ?? .json)
        form.add("client_id", .string(clientID))
        for field in fields { form.set(wireNames[field.name] ?? field.name, field.value) }
        for (name, value) in (operation.body?.fixed ?? [:]).sorted(by: { $0.key < $1.key }) {
            form.set(name, .string(value))
        }
        let takesAuthentication = declared.contains { $0.name == "client_secret" || $0.name == "client_assertion" }
        if takesAuthentication { try await authenticate(&form, operation: operation.name) }
        let response = try await post(
            form, path: operation.path, operation: operation.name, verb: operation.verb,
            isRepeatable: operation.effect == .read, options)
        do throws(APIError) {
            return try response.checked(for: operation)
        } catch {
            throw Redactor(form.secrets).redact(error)
        }
    }

    /// The client credentials grant (RFC 6749 §4.4).
    ///
    /// - Parameters:
    ///   - audience: identifier of the API that the token is for.
    ///   - organization: id or name of an organization; nil is none.
    public func clientCredentialsGrant(
        audience: String, organization: String? = nil, options: CallOptions = CallOptions()
    ) async throws(APIError) -> TokenSet {
        let name = "oauth.client_credentials_grant"
        var form = Form(encoding: .form)
        form.add("client_id", .string(clientID))
        form.add("grant_type", .string("client_credentials"))
        form.add("audience", .string(audience))
        if let organization { form.add("organization", .string(organization)) }
        try await authenticate(&form, operation: name)
        // Asking twice for a token does no harm.
        let response = try await post(
            form, path: "/oauth/token", operation: name, verb: .post, isRepeatable: true, options)
        guard (200..<300).contains(response.status) else {
            throw Redactor(form.secrets).redact(.from(response: response, api: .authentication, operation: name))
        }
        guard let tokens = try? JSONDecoder().decode(TokenSet.self, from: Data(response.body)) else {
            throw APIError(
                .parse, name: "ParseError", message: "the answer of \(client.tenant.authority) holds no access token",
                operation: name, status: response.status, hint: "check that the domain is that of an Auth0 tenant",
                attempts: response.attempts)
        }
        return tokens
    }

    private func post(
        _ form: Form, path: String, operation: String, verb: Verb, isRepeatable: Bool, _ options: CallOptions
    ) async throws(APIError) -> APIResponse {
        let request = APIRequest(
            method: verb.rawValue, url: client.tenant.origin + path,
            headers: client.headers(
                contentType: verb == .get ? nil : form.contentType, customDomain: options.customDomain, options.headers),
            body: verb == .get ? nil : form.encoded())
        let call = client.call(
            operation, verb, isRepeatable: isRepeatable || options.isIdempotent, tokens: nil, options)
        return try await client.loop.send(request, for: call)
    }

    private func authenticate(_ form: inout Form, operation: String) async throws(APIError) {
        guard !form.has("client_secret"), !form.has("client_assertion") else { return }
        switch authentication {
        case .secret(let secret):
            form.add("client_secret", .secret(secret))
        case .privateKey(let key):
            let assertion = try await ClientAssertion.sign(
                clientID: clientID, tenant: client.tenant, key: key, now: client.options.time.unixSeconds())
            form.add("client_assertion", .secret(assertion))
            form.add("client_assertion_type", .string(ClientAssertion.type))
        case .publicClient:
            break
        case nil:
            throw APIError(
                .config, name: "ConfigurationError",
                message: "the operation needs client authentication, and the client has no secret and no signing key",
                operation: operation, hint: "give client_secret or client_assertion_signing_key")
        }
    }
}

extension AuthenticationClient {
    /// The token of a `ManagementClient`, with errors that say so.
    func accessToken(audience: String) async throws(APIError) -> (token: Secret, lifetime: Duration) {
        do throws(APIError) {
            let tokens = try await clientCredentialsGrant(audience: audience)
            // Without `expires_in` the token is used until the API refuses it.
            return (tokens.accessToken, tokens.expiresIn ?? .seconds(86_400))
        } catch {
            throw tokenFailure(error, audience: audience)
        }
    }

    private func tokenFailure(_ error: APIError, audience: String) -> APIError {
        var failure = error
        let code = error.code.map { "\($0): " } ?? ""
        let status = error.status.map { "status \($0), " } ?? ""
        failure.message =
            "the access token request to \(client.tenant.authority) failed: \(status)\(code)\(error.message)"
        guard let status = error.status, (300..<500).contains(status), status != 429, status != 408 else {
            return failure
        }
        failure.kind = .config
        failure.hint =
            switch (status, error.code) {
            case (_, "access_denied"), (403, _):
                "authorize the application for the API \(audience) in the tenant's dashboard"
            case (404, _), (300..<400, _): "check that the domain is that of an Auth0 tenant"
            default: "check AUTH0_DOMAIN, AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET (or the signing key)"
            }
        return failure
    }
}
