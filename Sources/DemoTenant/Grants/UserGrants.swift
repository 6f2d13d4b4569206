// Tokens for users: by password, by the code of a login in a browser, by a refresh token.
import Auth0API
import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Tenant {
    /// Users of database connections, by e-mail and password (RFC 6749 §4.3).
    func passwordGrant(_ parameters: [String: String], _ client: RequestingClient, _ call: Call) async throws -> Answer
    {
        guard let name = parameters["username"], let password = parameters["password"] else {
            throw Refusal.oauth(403, "invalid_request", "Missing required parameter: username or password")
        }
        let id = try userID(name, connection: parameters["realm"] ?? Self.databaseConnection)
        guard let id, id.hasPrefix("auth0|"), try isPassword(Secret(password), of: id) else {
            throw Refusal.oauth(403, "invalid_grant", "Wrong email or password.")
        }
        try requireActive(id)
        let login = Login(
            user: id, client: client.id, scope: parameters["scope"], audience: parameters["audience"])
        try requireSecondFactor(login)
        return try await issue(login, call)
    }

    /// The code of `/authorize`, good once, for the client, address and challenge that it was made for.
    func codeGrant(_ parameters: [String: String], _ client: RequestingClient, _ call: Call) async throws -> Answer {
        guard let content = try takeTicket(.authorizationCode, parameters["code"]), let login = Login(content),
            login.client == client.id
        else { throw Refusal.oauth(403, "invalid_grant", "Invalid authorization code") }
        if let redirect = content["redirect_uri"]?.string, redirect != parameters["redirect_uri"] {
            throw Refusal.oauth(
                403, "invalid_grant",
                "The redirect URI is wrong. You sent \(parameters["redirect_uri"] ?? "null"), and we expected \(redirect)"
            )
        }
        let challenge = content["code_challenge"]?.string
        let proof = parameters["code_verifier"].map { verifier in
            Data(SHA256.hash(data: Data(verifier.utf8))).base64URL
        }
        guard proof == challenge else {
            throw Refusal.oauth(403, "invalid_grant", "Failed to verify code verifier")
        }
        try requireActive(login.user)
        return try await issue(login, call)
    }

    /// A refresh token, good once: the answer brings the next one.
    func refreshGrant(_ parameters: [String: String], _ client: RequestingClient, _ call: Call) async throws -> Answer {
        guard let found = try findTicket(.refreshToken, parameters["refresh_token"]), var login = Login(found.content),
            login.client == client.id, try takeTicket(.refreshToken, parameters["refresh_token"]) != nil
        else { throw Refusal.oauth(403, "invalid_grant", "Unknown or invalid refresh token.") }
        try requireActive(login.user)
        // RFC 6749 §6: the scopes may be fewer than were agreed to, not more; the next refresh token keeps them all.
        let agreed = login.scopes
        if let wanted = parameters["scope"]?.split(separator: " ").map(String.init), !wanted.isEmpty {
            login.scopes = agreed.filter(wanted.contains)
        }
        return try await issue(login, agreed: agreed, call)
    }

    /// `POST /oauth/revoke` (RFC 7009): says nothing about tokens that it does not know.
    func revoke(_ call: Call) async throws -> Answer {
        let parameters = try parameters(call)
        let client = try await requireClient(parameters, call)
        guard let token = parameters["token"] else {
            throw Refusal.oauth(400, "invalid_request", "Missing required parameter: token")
        }
        if let found = try findTicket(.refreshToken, token), found.content["client"]?.string == client.id {
            _ = try takeTicket(.refreshToken, token)
        }
        return Answer(status: 200)
    }
}
