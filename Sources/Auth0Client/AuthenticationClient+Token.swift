// The grant that gives programs their access tokens, and its errors in words for those who set credentials up.

import Auth0API

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension AuthenticationClient {
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
        let response = try await send(grant, fields: fields, options: options)
        guard let tokens = try? JSONDecoder().decode(TokenSet.self, from: Data(response.body)) else {
            throw APIError(
                .parse, name: "ParseError", message: "the answer of \(client.tenant.authority) holds no access token",
                operation: grant.name, status: response.status,
                hint: "check that the domain is that of an Auth0 tenant", attempts: response.attempts)
        }
        return tokens
    }

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
