// Logins that a person confirms on another device: the device flow (RFC 8628) and back-channel logins (CIBA). The person
// of a demo takes as long as one question: the second one is answered with tokens.
import Auth0API

extension Tenant {
    /// `POST /oauth/device/code`.
    func startDevice(_ call: Call) async throws -> Answer {
        let parameters = try parameters(call)
        let client = try await requireClient(parameters, call)
        guard let person = try personAtTheDevice() else {
            throw Refusal.oauth(403, "access_denied", "The demo tenant has no user who could sign in")
        }
        let login = Login(
            user: person, client: client.id, scope: parameters["scope"], audience: parameters["audience"])
        let code = try makeTicket(.deviceCode, login.json, lifetime: 900)
        let letters = Self.newID(.hexadecimal(8)).uppercased()
        let userCode = "\(letters.prefix(4))-\(letters.suffix(4))", page = "\(issuer(call))activate"
        return Answer([
            "device_code": .string(code), "user_code": .string(userCode), "verification_uri": .string(page),
            "verification_uri_complete": .string("\(page)?user_code=\(userCode)"), "expires_in": 900, "interval": 5,
        ])
    }

    /// `POST /bc-authorize`: the user is the one in `login_hint`, `{"format":"iss_sub","iss":…,"sub":…}`.
    func startBackchannel(_ call: Call) async throws -> Answer {
        let parameters = try parameters(call)
        let client = try await requireClient(parameters, call)
        guard !client.isPublic else { throw Refusal.oauth(401, "access_denied", "Unauthorized") }
        guard parameters["binding_message"]?.isEmpty == false,
            let scope = parameters["scope"], scope.split(separator: " ").contains("openid")
        else { throw Refusal.oauth(400, "invalid_request", "binding_message and the scope openid are required") }
        guard let hint = try? JSON(text: parameters["login_hint"] ?? "").object, hint["iss"]?.string == issuer(call),
            let user = hint["sub"]?.string, try self.user(user) != nil
        else { throw Refusal.oauth(400, "unknown_user_id", "login_hint names no user of this tenant") }
        let login = Login(user: user, client: client.id, scope: scope, audience: parameters["audience"])
        let lifetime = (parameters["requested_expiry"].flatMap { Int($0) } ?? 300)
        let id = try makeTicket(.backchannelRequest, login.json, lifetime: min(max(lifetime, 1), 300))
        return Answer([
            "auth_req_id": .string(id), "expires_in": .number(String(min(max(lifetime, 1), 300))), "interval": 5,
        ])
    }

    /// The grants by which applications ask whether the person has confirmed.
    func otherDeviceGrant(_ kind: Ticket, _ id: String?, _ client: RequestingClient, _ call: Call) async throws
        -> Answer
    {
        guard let id, var found = try findTicket(kind, id), let login = Login(found.content), login.client == client.id
        else { throw Refusal.oauth(403, "invalid_grant", "Invalid or expired code") }
        guard !found.isExpired else { throw Refusal.oauth(403, "expired_token", "The code has expired") }
        guard found.content["was_asked"] == true else {
            found.content["was_asked"] = true
            try changeTicket(kind, id, found)
            throw Refusal.oauth(
                kind == .deviceCode ? 403 : 400, "authorization_pending", "The user has not confirmed yet")
        }
        guard try takeTicket(kind, id) != nil else {
            throw Refusal.oauth(403, "invalid_grant", "Invalid or expired code")
        }
        try requireActive(login.user)
        return try await issue(login, call)
    }
}
