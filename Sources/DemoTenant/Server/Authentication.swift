// The paths outside the Management API: who answers each, what the tenant says it has, and who a token belongs to.
import Auth0API
import HTTPTypes

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Tenant {
    /// Answers a request that is not below `/api/v2/`.
    func authenticate(_ call: Call) async throws -> Answer {
        switch (call.method, call.path) {
        case ("POST", "/oauth/token"): return try await token(call)
        case ("GET", "/authorize"): return try authorize(call)
        case ("GET", "/v2/logout"), ("GET", "/oidc/logout"): return logOut(call)
        case ("POST", "/oauth/par"): return try await pushAuthorization(call)
        case ("POST", "/oauth/revoke"): return try await revoke(call)
        case ("POST", "/oauth/device/code"): return try await startDevice(call)
        case ("POST", "/bc-authorize"): return try await startBackchannel(call)
        case ("POST", "/passwordless/start"): return try await startPasswordless(call)
        case ("POST", "/dbconnections/signup"): return try signUp(call)
        case ("POST", "/dbconnections/change_password"): return try changePassword(call)
        case ("POST", "/oidc/register"): return try register(call)
        case ("POST", "/mfa/challenge"): return try await challenge(call)
        case ("POST", "/mfa/associate"): return try associate(call)
        case ("GET", "/mfa/authenticators"): return try listAuthenticators(call)
        case ("DELETE", let path) where path.hasPrefix("/mfa/authenticators/"):
            return try deleteAuthenticator(Call.decode(path.dropFirst("/mfa/authenticators/".count)), call)
        case ("GET", "/.well-known/jwks.json"): return Answer(try await tokens.keySet())
        case ("GET", "/.well-known/openid-configuration"): return Answer(discovery(call))
        case ("GET", "/userinfo"), ("POST", "/userinfo"): return try await userInfo(call)
        default: throw Refusal.unknownPath
        }
    }

    /// The issuer of tokens for a caller that reaches the tenant by this address.
    func issuer(_ call: Call) -> String { "http://\(call.host)/" }

    private func discovery(_ call: Call) -> JSON {
        let issuer = issuer(call)
        return [
            "issuer": .string(issuer),
            "authorization_endpoint": .string("\(issuer)authorize"),
            "token_endpoint": .string("\(issuer)oauth/token"),
            "userinfo_endpoint": .string("\(issuer)userinfo"),
            "jwks_uri": .string("\(issuer).well-known/jwks.json"),
            "device_authorization_endpoint": .string("\(issuer)oauth/device/code"),
            "backchannel_authentication_endpoint": .string("\(issuer)bc-authorize"),
            "pushed_authorization_request_endpoint": .string("\(issuer)oauth/par"),
            "revocation_endpoint": .string("\(issuer)oauth/revoke"),
            "registration_endpoint": .string("\(issuer)oidc/register"),
            "mfa_challenge_endpoint": .string("\(issuer)mfa/challenge"),
            "end_session_endpoint": .string("\(issuer)oidc/logout"),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "code_challenge_methods_supported": ["S256"],
            "backchannel_token_delivery_modes_supported": ["poll"],
            "grant_types_supported": .array(GrantType.allCases.map { .string($0.rawValue) }),
            "scopes_supported": ["openid", "profile", "email", "phone", "offline_access"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "subject_types_supported": ["public"],
            "token_endpoint_auth_methods_supported": [
                "client_secret_basic", "client_secret_post", "private_key_jwt", "none",
            ],
            "claims_supported": [
                "sub", "iss", "aud", "exp", "iat", "auth_time", "name", "nickname", "picture", "email", "phone_number",
            ],
        ]
    }

    /// The profile of the user whose access token asks.
    private func userInfo(_ call: Call) async throws -> Answer {
        guard let token = call.bearer, let claims = try await tokens.read(token)?.claims,
            Double(claims.exp) > options.now().timeIntervalSince1970,
            claims.aud.contains("\(issuer(call))userinfo"),
            let text = try store.read({ try $0.document(claims.sub, in: Place(collection: "/users")) }),
            let user = try JSON(text: text).object
        else {
            var answer = Answer(status: 401, body: Array("Unauthorized".utf8))
            answer.headers[.contentType] = "text/plain"
            answer.headers[.wwwAuthenticate] = "Bearer realm=\"Users\", error=\"invalid_token\""
            return answer
        }
        let scopes = Set((claims.scope ?? "").split(separator: " "))
        var info: JSON.Object = ["sub": .string(claims.sub)]
        var names: [String] = []
        if scopes.contains("profile") {
            names += ["given_name", "family_name", "nickname", "name", "picture", "updated_at"]
        }
        if scopes.contains("email") { names += ["email", "email_verified"] }
        if scopes.contains("phone") { names += ["phone_number", "phone_verified"] }
        for name in names { info[name] = user[name] }
        return Answer(.object(info))
    }
}
