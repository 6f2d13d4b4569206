// From an agreement to tokens: their claims, and the answer that carries them.
import Auth0API

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Tenant {
    /// The tokens of a login: an access token, an ID token for `openid`, a refresh token for `offline_access`.
    /// - Parameter agreed: the scopes of the refresh token; nil is those of the login.
    func issue(_ login: Login, agreed: [String]? = nil, _ call: Call) async throws -> Answer {
        guard let user = try user(login.user) else {
            throw Refusal.oauth(403, "invalid_grant", "The user does not exist")
        }
        let isOpenID = login.scopes.contains("openid")
        var audience = login.audience.map { [$0] } ?? []
        if isOpenID { audience.append("\(issuer(call))userinfo") }
        // A user's token opens no door of the Management API: its scopes are the client's to grant, not the user's.
        audience.removeAll { isManagementAudience($0, call) }
        let claims = claims(
            call, subject: login.user, audience: audience, scopes: login.scopes, client: login.client,
            grantType: "password")
        var refreshToken: String?
        let mayRefresh = try client(login.client)?.grantTypes.contains(GrantType.refreshToken.rawValue) ?? false
        if mayRefresh, (agreed ?? login.scopes).contains("offline_access") {
            var kept = login
            kept.scopes = agreed ?? login.scopes
            kept.nonce = nil
            refreshToken = try makeTicket(.refreshToken, kept.json, lifetime: 30 * 86_400)
        }
        return try await issue(
            claims, identity: isOpenID ? identity(login, user, claims) : nil, refreshToken: refreshToken)
    }

    private func identity(_ login: Login, _ user: JSON.Object, _ claims: Claims) -> Claims {
        var identity = claims
        identity.aud = [login.client]
        identity.scope = nil
        identity.gty = nil
        identity.email = user["email"]?.string
        identity.name = user["name"]?.string
        identity.nonce = login.nonce
        identity.org_id = login.organization
        identity.org_name = login.organizationName
        identity.auth_time = login.time
        return identity
    }

    func claims(
        _ call: Call, subject: String, audience: [String], scopes: [String], client: String, grantType: String
    ) -> Claims {
        Claims(
            iss: issuer(call), sub: subject, aud: audience, iat: seconds,
            exp: seconds + Int(options.tokenLifetime.components.seconds),
            scope: scopes.joined(separator: " "), gty: grantType, azp: client)
    }

    func issue(_ claims: Claims, identity: Claims? = nil, refreshToken: String? = nil) async throws -> Answer {
        var body: JSON.Object = ["access_token": .string(try await tokens.sign(claims))]
        if let identity { body["id_token"] = .string(try await tokens.sign(identity)) }
        body["refresh_token"] = refreshToken.map(JSON.string)
        body["scope"] = .string(claims.scope ?? "")
        body["expires_in"] = .number(String(claims.exp - claims.iat))
        body["token_type"] = "Bearer"
        var answer = Answer(.object(body))
        answer.headers[.cacheControl] = "no-store"
        return answer
    }
}
