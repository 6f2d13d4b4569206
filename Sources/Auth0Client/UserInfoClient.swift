// Who an access token belongs to.

import Auth0API

/// A client of one tenant's `/userinfo`.
public final class UserInfoClient: Sendable {
    private let client: Client

    /// Makes a client; sends nothing.
    ///
    /// - Throws: kind `config` for a malformed domain, or a CA file or proxy that cannot be used.
    public init(domain: String, options: ClientOptions = ClientOptions()) throws(APIError) {
        client = try Client(domain: domain, options: options)
    }

    /// The claims of the user whose token this is: a JSON object with `sub` and, by scope, `name`, `email` and others.
    ///
    /// - Parameter accessToken: one that was issued for a user with the scope `openid`.
    /// - Throws: `UserInfoError` (kind `api`) when the token is refused; kinds `network`, `timeout`, `cancelled`
    ///   as `ManagementClient.send`.
    public func getUserInfo(
        accessToken: Secret, options: CallOptions = CallOptions()
    ) async throws(APIError) -> APIResponse {
        let name = "get_user_info"
        let request = APIRequest(
            method: "GET", url: "\(client.tenant.origin)/userinfo",
            headers: client.headers(contentType: nil, customDomain: options.customDomain, options.headers))
        let call = client.call(
            name, .get, isRepeatable: true, tokens: TokenSource(fixed: accessToken), options)
        let response = try await client.loop.send(request, for: call)
        guard (200..<300).contains(response.status) else {
            var error = APIError.from(response: response, api: .userinfo, operation: name)
            if error.status == 401 {
                error.hint = "the token must be an access token of a user, with the scope openid, and not expired"
            }
            throw Redactor([accessToken]).redact(error)
        }
        return response
    }
}
