// `POST /oauth/token`: who asks, for what, and whether they may have it. RFC 6749 §4.3 and §4.4, in Auth0's words.
import Auth0API

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Tenant {
    /// Answers a request for a token.
    func token(_ call: Call) async throws -> Answer {
        let parameters = try parameters(call)
        guard let grantType = parameters["grant_type"], !grantType.isEmpty else {
            throw Refusal.oauth(403, "invalid_request", "Missing required parameter: grant_type")
        }
        guard ["client_credentials", "password"].contains(grantType) else {
            throw Refusal.oauth(403, "unsupported_grant_type", "Unsupported grant type: \(grantType)")
        }
        let client = try client(parameters, call)
        guard client.grantTypes.contains(grantType) else {
            throw Refusal.oauth(
                403, "unauthorized_client", "Grant type '\(grantType)' not allowed for the client.")
        }
        return grantType == "password"
            ? try await passwordGrant(parameters, client.id, call)
            : try await clientCredentials(parameters, client.id, call)
    }

    /// The client that every demo uses: its id and secret as the store has them now.
    func demoClient() throws -> (id: String, secret: Secret) {
        try store.read { records in
            guard let id = try records.setting("demo_client"),
                let text = try records.document(id, in: Place(collection: "/clients")),
                let secret = try JSON(text: text).object?["client_secret"]?.string
            else { throw Refusal(500, "the store holds no demo client") }
            return (id, Secret(secret))
        }
    }

    private func parameters(_ call: Call) throws -> [String: String] {
        var parameters: [String: String] = [:]
        if call.contentType.lowercased().hasPrefix("application/x-www-form-urlencoded") {
            for (name, value) in Call.form(String(decoding: call.body, as: UTF8.self)) { parameters[name] = value }
        } else {
            guard let object = try? JSON(call.body).object else {
                throw Refusal.oauth(400, "invalid_request", "The body is neither JSON nor a form")
            }
            for (name, value) in object.members { parameters[name] = value.string }
        }
        if let header = call.authorization, header.prefix(6).lowercased() == "basic ",
            let data = Data(base64Encoded: String(header.dropFirst(6)))
        {
            let parts = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1)
            parameters["client_id"] = parts.first.map { Call.decode($0, plus: true) }
            parameters["client_secret"] = parts.count > 1 ? Call.decode(parts[1], plus: true) : nil
        }
        return parameters
    }

    private func client(_ parameters: [String: String], _ call: Call) throws -> (id: String, grantTypes: [String]) {
        let refusal = Refusal.oauth(401, "access_denied", "Unauthorized")
        guard let id = parameters["client_id"],
            let text = try store.read({ try $0.document(id, in: Place(collection: "/clients")) }),
            let client = try JSON(text: text).object
        else { throw refusal }
        let isPublic = client["token_endpoint_auth_method"]?.string == "none"
        guard isPublic || client["client_secret"]?.string == parameters["client_secret"] else { throw refusal }
        return (id, client["grant_types"]?.array?.compactMap(\.string) ?? [])
    }

    private func clientCredentials(_ parameters: [String: String], _ client: String, _ call: Call) async throws
        -> Answer
    {
        guard let audience = parameters["audience"], !audience.isEmpty else {
            throw Refusal.oauth(
                403, "access_denied",
                "No audience parameter was provided, and no default audience has been configured")
        }
        let identifier = isManagementAudience(audience, call) ? Self.managementIdentifier : audience
        let granted = try store.read { records in
            guard try records.id(uniqueKey: identifier, in: Place(collection: "/resource-servers")) != nil else {
                throw Refusal.oauth(403, "access_denied", "Service not enabled within domain: \(audience)")
            }
            let grants = Place(collection: "/client-grants")
            guard let id = try records.id(uniqueKey: "\(client)\u{1}\(identifier)", in: grants),
                let text = try records.document(id, in: grants), let grant = try JSON(text: text).object
            else {
                throw Refusal.oauth(
                    403, "access_denied",
                    "Client is not authorized to access \"\(audience)\". You need to create a \"client-grant\" "
                        + "associated to this API. See: https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants"
                )
            }
            return grant["scope"]?.array?.compactMap(\.string) ?? []
        }
        let wanted = parameters["scope"].map { Set($0.split(separator: " ").map(String.init)) } ?? []
        let scopes = wanted.isEmpty ? granted : granted.filter(wanted.contains)
        let claims = claims(
            call, subject: "\(client)@clients", audience: [audience], scopes: scopes, client: client,
            grantType: "client-credentials")
        return try await issue(claims)
    }

    /// Users of database connections, by e-mail and password.
    private func passwordGrant(_ parameters: [String: String], _ client: String, _ call: Call) async throws -> Answer {
        let refusal = Refusal.oauth(403, "invalid_grant", "Wrong email or password.")
        guard let name = parameters["username"], let password = parameters["password"] else {
            throw Refusal.oauth(403, "invalid_request", "Missing required parameter: username or password")
        }
        let users = Place(collection: "/users")
        let key = "\(parameters["realm"] ?? "Username-Password-Authentication")\u{1}\(name.lowercased())"
        guard let id = try store.read({ try $0.id(uniqueKey: key, in: users) }), id.hasPrefix("auth0|"),
            let text = try store.read({ try $0.document(id, in: users) }), let user = try JSON(text: text).object,
            try isPassword(Secret(password), of: id)
        else { throw refusal }
        guard user["blocked"]?.bool != true else { throw Refusal.oauth(401, "unauthorized", "user is blocked") }
        let scopes = (parameters["scope"] ?? "openid profile email").split(separator: " ").map(String.init)
        var audience = parameters["audience"].map { [$0] } ?? []
        if scopes.contains("openid") { audience.append("\(issuer(call))userinfo") }
        var claims = claims(
            call, subject: id, audience: audience, scopes: scopes, client: client, grantType: "password")
        // A user's token opens no door of the Management API: its scopes are the client's to grant, not the user's.
        claims.aud.removeAll { isManagementAudience($0, call) }
        var identity = claims
        identity.aud = [client]
        identity.scope = nil
        identity.email = user["email"]?.string
        identity.name = user["name"]?.string
        return try await issue(claims, identity: scopes.contains("openid") ? identity : nil)
    }

    private func claims(
        _ call: Call, subject: String, audience: [String], scopes: [String], client: String, grantType: String
    ) -> Claims {
        let now = Int(options.now().timeIntervalSince1970)
        return Claims(
            iss: issuer(call), sub: subject, aud: audience, iat: now,
            exp: now + Int(options.tokenLifetime.components.seconds),
            scope: scopes.joined(separator: " "), gty: grantType, azp: client)
    }

    private func issue(_ claims: Claims, identity: Claims? = nil) async throws -> Answer {
        var body: JSON.Object = ["access_token": .string(try await tokens.sign(claims))]
        if let identity { body["id_token"] = .string(try await tokens.sign(identity)) }
        body["scope"] = .string(claims.scope ?? "")
        body["expires_in"] = .number(String(claims.exp - claims.iat))
        body["token_type"] = "Bearer"
        var answer = Answer(.object(body))
        answer.headers[.cacheControl] = "no-store"
        return answer
    }
}
