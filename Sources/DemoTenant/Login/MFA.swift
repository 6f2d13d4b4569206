// A second factor, asked of users with `app_metadata.mfa = true`. Codes are those of `DemoTenant`.
import Auth0API

extension Tenant {
    /// Refuses a login of a user with a second factor, with the token that the factor goes with.
    func requireSecondFactor(_ login: Login) throws {
        guard try user(login.user)?["app_metadata"]?.object?["mfa"]?.bool == true else { return }
        let token = try makeTicket(.mfaToken, login.json, lifetime: 600)
        throw Refusal.oauth(
            403, "mfa_required", "Multifactor authentication required", more: ["mfa_token": .string(token)])
    }

    /// `POST /mfa/challenge`.
    func challenge(_ call: Call) async throws -> Answer {
        let parameters = try parameters(call)
        let client = try await requireClient(parameters, call)
        let login = try waiting(parameters["mfa_token"], client)
        let known = try authenticators(login.user)
        let chosen = parameters["authenticator_id"].map { id in known.filter { $0["id"]?.string == id } } ?? known
        let types = (parameters["challenge_type"] ?? "otp oob").split(separator: " ").map(String.init)
        let type = chosen.lazy.compactMap { $0["authenticator_type"]?.string }.first(where: types.contains)
        guard let type else {
            throw Refusal.oauth(403, "unsupported_challenge_type", "User does not have any active authenticators.")
        }
        guard type == "oob" else { return Answer(["challenge_type": "otp"]) }
        let code = try makeTicket(.oobCode, login.json, lifetime: 300)
        return Answer(["challenge_type": "oob", "oob_code": .string(code), "binding_method": "prompt"])
    }

    /// `GET /mfa/authenticators`.
    func listAuthenticators(_ call: Call) throws -> Answer {
        Answer(.array(try authenticators(try waiting(call.bearer, nil).user).map(JSON.object)))
    }

    /// `DELETE /mfa/authenticators/{id}`.
    func deleteAuthenticator(_ id: String, _ call: Call) throws -> Answer {
        let user = try waiting(call.bearer, nil).user
        let known = try authenticators(user)
        let rest = known.filter { $0["id"]?.string != id }
        guard rest.count < known.count else { throw Refusal.oauth(404, "not_found", "Authenticator not found") }
        try setAuthenticators(user, rest)
        return Answer(status: 204)
    }

    /// `POST /mfa/associate`.
    func associate(_ call: Call) throws -> Answer {
        let user = try waiting(call.bearer, nil), body = try object(call)
        let type = body["authenticator_types"]?.array?.first?.string ?? ""
        guard ["otp", "oob"].contains(type) else {
            throw Refusal.oauth(400, "invalid_request", "authenticator_types is otp or oob")
        }
        var answer: JSON.Object = ["authenticator_type": .string(type)]
        var made: JSON.Object = [
            "id": .string("\(type)|dev_\(Self.newID(.alphanumeric(16)))"), "authenticator_type": .string(type),
            "active": true,
        ]
        if type == "otp" {
            answer["secret"] = "DEMOSECRETDEMOSECRET"
            answer["barcode_uri"] = "otpauth://totp/luath-demo?secret=DEMOSECRETDEMOSECRET&issuer=luath-demo"
        } else {
            let channel = body["oob_channels"]?.array?.first?.string ?? "sms"
            made["oob_channel"] = .string(channel)
            answer["oob_channel"] = .string(channel)
            answer["oob_code"] = .string(try makeTicket(.oobCode, user.json, lifetime: 300))
            answer["binding_method"] = "prompt"
        }
        answer["recovery_codes"] = [.string(DemoTenant.recoveryCode)]
        try setAuthenticators(user.user, try authenticators(user.user) + [made])
        return Answer(.object(answer))
    }

    /// The grants that end a login with its second factor.
    func mfaGrant(_ type: String, _ parameters: [String: String], _ client: RequestingClient, _ call: Call) async throws
        -> Answer
    {
        let login = try waiting(parameters["mfa_token"], client)
        let isRight: Bool
        switch type {
        case "otp": isRight = parameters["otp"] == DemoTenant.oneTimeCode
        case "oob":
            let code = try findTicket(.oobCode, parameters["oob_code"])
            isRight =
                code?.isExpired == false && code?.content["user"]?.string == login.user
                && parameters["binding_code"] == DemoTenant.oneTimeCode
        default: isRight = parameters["recovery_code"] == DemoTenant.recoveryCode
        }
        guard isRight else { throw Refusal.oauth(403, "invalid_grant", "Invalid \(type) code.") }
        guard try takeTicket(.mfaToken, parameters["mfa_token"]) != nil else { throw Self.badToken }
        var answer = try await issue(login, call)
        if type == "recovery-code", var body = try JSON(answer.body).object {
            // A recovery code is used up, and the answer brings the next one; here it is the same.
            body["recovery_code"] = .string(DemoTenant.recoveryCode)
            answer.body = JSON.object(body).bytes
        }
        return answer
    }

    private static let badToken = Refusal.oauth(401, "invalid_token", "Invalid mfa_token")

    /// The login that waits for its second factor.
    private func waiting(_ token: String?, _ client: RequestingClient?) throws -> Login {
        guard let found = try findTicket(.mfaToken, token), let login = Login(found.content),
            client == nil || login.client == client?.id
        else { throw Self.badToken }
        guard !found.isExpired else { throw Refusal.oauth(401, "expired_token", "mfa_token is expired") }
        return login
    }

    private func authenticators(_ user: String) throws -> [JSON.Object] {
        if let own = try findTicket(.authenticators, user)?.content["list"]?.array { return own.compactMap(\.object) }
        return [
            ["id": "totp|dev_demo", "authenticator_type": "otp", "active": true],
            [
                "id": "sms|dev_demo", "authenticator_type": "oob", "active": true, "oob_channel": "sms",
                "name": "XXXXXXXX0000",
            ],
            ["id": "recovery-code|dev_demo", "authenticator_type": "recovery-code", "active": true],
        ]
    }

    private func setAuthenticators(_ user: String, _ list: [JSON.Object]) throws {
        _ = try makeTicket(
            .authenticators, ["list": .array(list.map(JSON.object))], lifetime: 100 * 365 * 86_400, id: user)
    }
}
