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
///     domain: "acme.eu.auth0.com", clientID: id, credential: .secret(Secret(secret)))
/// let tokens = try await client.clientCredentialsGrant(audience: "https://acme.eu.auth0.com/api/v2/")
/// ```
public final class AuthenticationClient: Sendable {
    private let client: Client
    private let clientID: String
    private let credential: ClientCredential?

    /// Makes a client; sends nothing.
    ///
    /// - Parameters:
    ///   - clientID: sent with every request.
    ///   - credential: nil is enough for operations that need no client authentication; others then fail before
    ///     anything is sent. An application that has none by design says `.publicClient`.
    /// - Throws: kind `config` for a malformed domain, or a CA file or proxy that cannot be used.
    public convenience init(
        domain: String, clientID: String, credential: ClientCredential? = nil,
        options: ClientOptions = ClientOptions()
    ) throws(APIError) {
        try Secret(clientID).requireUsable("client id")
        self.init(try Client(domain: domain, options: options), clientID: clientID, credential: credential)
    }

    init(_ client: Client, clientID: String, credential: ClientCredential?) {
        self.client = client
        self.clientID = clientID
        self.credential = credential
    }

    /// Sends one operation of the Authentication API.
    ///
    /// The client's id, the operation's fixed values and, where the operation takes it, client authentication are added
    /// to the fields; a field of the same name that the caller gives wins over the client's.
    ///
    /// - Parameters:
    ///   - path: values of the path's parameters, not encoded.
    ///   - bearer: the token of operations that take one (`operation.bearerParameter`).
    ///   - fields: the body, under the names that the catalog gives them.
    /// - Throws: `AuthApiError` (kind `api`) whose code is the answer's `error` and whose message is its
    ///   `error_description`; kind `argument` for a wrong path value; kinds `network`, `timeout`, `config`, `parse`,
    ///   `cancelled` as `ManagementClient.send`.
    public func send(
        _ operation: Operation, path: [String] = [], bearer: Secret? = nil,
        fields: [(name: String, value: FormValue)] = [], options: CallOptions = CallOptions()
    ) async throws(APIError) -> APIResponse {
        var form = Form(operation, fields: fields, clientID: clientID, tenant: client.tenant)
        try await authenticate(&form, for: operation)
        let hasBody = operation.body != nil
        let request = APIRequest(
            method: operation.verb.rawValue, url: client.tenant.origin + (try operation.path(arguments: path)),
            headers: client.headers(
                contentType: hasBody ? form.contentType : nil, customDomain: options.customDomain, options.headers),
            body: hasBody ? form.encoded() : nil)
        let call = client.call(
            operation.name, operation.verb, isRepeatable: options.isIdempotent || operation.effect == .read,
            tokens: bearer.map(TokenSource.init(fixed:)), options)
        do throws(APIError) {
            return try await client.loop.send(request, for: call).checked(for: operation)
        } catch {
            throw Redactor(form.secrets + (bearer.map { [$0] } ?? [])).redact(error)
        }
    }

    /// The client credentials grant (RFC 6749 §4.4). It is sent again after any passing failure: asking twice is harmless.
    ///
    /// - Parameters:
    ///   - audience: identifier of the API that the token is for.
    ///   - organization: id or name of an organization; nil is none.
    public func clientCredentialsGrant(
        audience: String, organization: String? = nil, options: CallOptions = CallOptions()
    ) async throws(APIError) -> TokenSet {
        guard let grant = Catalog.shared.operation("oauth.client_credentials_grant", in: .authentication) else {
            throw APIError(
                .config, name: "ConfigurationError", message: "the catalog lacks the client credentials grant")
        }
        var fields: [(name: String, value: FormValue)] = [("audience", .string(audience))]
        if let organization { fields.append(("organization", .string(organization))) }
        var options = options
        options.isIdempotent = true
        let response = try await send(grant, fields: fields, options: options)
        guard let tokens = try? JSONDecoder().decode(TokenSet.self, from: Data(response.body)) else {
            throw APIError(
                .parse, name: "ParseError", message: "the answer of \(client.tenant.authority) holds no access token",
                operation: grant.name, status: response.status,
                hint: "check that the domain is that of an Auth0 tenant", attempts: response.attempts)
        }
        return tokens
    }

    private func authenticate(_ form: inout Form, for operation: Operation) async throws(APIError) {
        guard let wanted = operation.clientAuthentication, wanted.sendsCredentials, !form.has("client_secret"),
            !form.has("client_assertion")
        else { return }
        switch credential {
        case .secret(let secret):
            form.set("client_secret", .secret(secret))
        case .privateKey(let key):
            let assertion = try await ClientAssertion.sign(
                clientID: clientID, tenant: client.tenant, key: key, now: client.options.time.unixSeconds())
            form.set("client_assertion", .secret(assertion))
            form.set("client_assertion_type", .string(ClientAssertion.type))
        case .publicClient:
            break
        case nil where wanted.isRequired:
            throw APIError(
                .config, name: "ConfigurationError",
                message: "the operation needs client authentication, and the client has no secret and no signing key",
                operation: operation.name, hint: "give client_secret or client_assertion_signing_key")
        case nil:
            break
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
            case (403, _):
                "authorize the application for the API \(audience) in the tenant's dashboard"
            case (404, _), (300..<400, _): "check that the domain is that of an Auth0 tenant"
            default: "check AUTH0_DOMAIN, AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET (or the signing key)"
            }
        return failure
    }
}
