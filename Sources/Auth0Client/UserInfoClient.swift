// Who an access token belongs to.

import Auth0API

/// A client of one tenant's `/userinfo`.
public final class UserInfoClient: Sendable {
    private let client: Client

    /// Makes a client; sends nothing.
    ///
    /// - Throws: kind `config` for a malformed domain, or a CA file, certificate or proxy that cannot be used.
    public init(domain: String, options: ClientOptions = ClientOptions()) throws(APIError) {
        client = try Client(domain: domain, options: options)
    }

    /// The claims of the user whose token this is: a JSON object with `sub` and, by scope, `name`, `email` and others.
    ///
    /// - Parameter accessToken: one that was issued for a user with the scope `openid`.
    /// - Throws: `UserInfoError` (kind `api`) when the token is refused; kinds `network`, `timeout`, `parse`,
    ///   `cancelled` as `ManagementClient.send`.
    public func getUserInfo(
        accessToken: Secret, options: CallOptions = CallOptions()
    ) async throws(APIError) -> APIResponse {
        guard let operation = Catalog.shared.operation("get_user_info", in: .userinfo) else {
            throw APIError(.config, name: "ConfigurationError", message: "the catalog lacks get_user_info")
        }
        let request = APIRequest(
            method: operation.verb.rawValue, url: client.tenant.origin + operation.path,
            headers: client.headers(contentType: nil, customDomain: options.customDomain, options.headers))
        let call = client.call(
            operation.name, operation.verb, isRepeatable: true, tokens: TokenSource(fixed: accessToken), options)
        do throws(APIError) {
            return try await client.loop.send(request, for: call).checked(for: operation)
        } catch {
            throw Redactor([accessToken]).redact(error)
        }
    }
}
