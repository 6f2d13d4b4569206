// The paths outside the Management API: tokens, keys, and who a token belongs to.
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
            "token_endpoint": .string("\(issuer)oauth/token"),
            "userinfo_endpoint": .string("\(issuer)userinfo"),
            "jwks_uri": .string("\(issuer).well-known/jwks.json"),
            "grant_types_supported": ["client_credentials", "password"],
            "scopes_supported": ["openid", "profile", "email"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "subject_types_supported": ["public"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "claims_supported": ["sub", "iss", "aud", "exp", "iat", "name", "nickname", "picture", "email"],
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
        for name in names { info[name] = user[name] }
        return Answer(.object(info))
    }
}
