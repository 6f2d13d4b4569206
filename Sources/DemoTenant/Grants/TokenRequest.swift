// `POST /oauth/token`: who asks, for what, and whether they may have it. RFC 6749, in Auth0's words.
import Auth0API

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The values of `grant_type` that the tenant knows.
enum GrantType: String, CaseIterable, Sendable {
    case clientCredentials = "client_credentials"
    case password
    case passwordRealm = "http://auth0.com/oauth/grant-type/password-realm"
    case authorizationCode = "authorization_code"
    case refreshToken = "refresh_token"
    case passwordless = "http://auth0.com/oauth/grant-type/passwordless/otp"
    case deviceCode = "urn:ietf:params:oauth:grant-type:device_code"
    case backchannel = "urn:openid:params:grant-type:ciba"
    case mfaOTP = "http://auth0.com/oauth/grant-type/mfa-otp"
    case mfaOOB = "http://auth0.com/oauth/grant-type/mfa-oob"
    case mfaRecoveryCode = "http://auth0.com/oauth/grant-type/mfa-recovery-code"
}

extension Tenant {
    /// Answers a request for a token.
    func token(_ call: Call) async throws -> Answer {
        let parameters = try parameters(call)
        guard let name = parameters["grant_type"], !name.isEmpty else {
            throw Refusal.oauth(403, "invalid_request", "Missing required parameter: grant_type")
        }
        guard let grantType = GrantType(rawValue: name) else {
            throw Refusal.oauth(403, "unsupported_grant_type", "Unsupported grant type: \(name)")
        }
        let client = try await requireClient(parameters, call)
        guard
            client.grantTypes.contains(name) || grantType == .passwordRealm && client.grantTypes.contains("password")
        else {
            throw Refusal.oauth(403, "unauthorized_client", "Grant type '\(name)' not allowed for the client.")
        }
        switch grantType {
        case .clientCredentials: return try await clientCredentials(parameters, client, call)
        case .password, .passwordRealm: return try await passwordGrant(parameters, client, call)
        case .authorizationCode: return try await codeGrant(parameters, client, call)
        case .refreshToken: return try await refreshGrant(parameters, client, call)
        case .passwordless: return try await passwordlessGrant(parameters, client, call)
        case .deviceCode: return try await otherDeviceGrant(.deviceCode, parameters["device_code"], client, call)
        case .backchannel:
            return try await otherDeviceGrant(.backchannelRequest, parameters["auth_req_id"], client, call)
        case .mfaOTP: return try await mfaGrant("otp", parameters, client, call)
        case .mfaOOB: return try await mfaGrant("oob", parameters, client, call)
        case .mfaRecoveryCode: return try await mfaGrant("recovery-code", parameters, client, call)
        }
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

    /// The texts of a form or a JSON object, with the client of an `Authorization: Basic` header.
    func parameters(_ call: Call) throws -> [String: String] {
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
}
