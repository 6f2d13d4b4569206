// Login by a code that is sent to an e-mail address or a phone. Nothing is sent: the code is the same for everybody.
import Auth0API

extension Tenant {
    /// `POST /passwordless/start`.
    func startPasswordless(_ call: Call) async throws -> Answer {
        let parameters = try parameters(call)
        _ = try await requireClient(parameters, call)
        let connection = parameters["connection"] ?? ""
        let field = connection == "sms" ? "phone_number" : "email"
        guard ["email", "sms"].contains(connection), let name = parameters[field], !name.isEmpty else {
            throw Refusal.oauth(400, "bad.connection", "connection is email or sms, with email or phone_number")
        }
        _ = try makeTicket(
            .oneTimeCode, ["code": .string(DemoTenant.oneTimeCode)], lifetime: 300,
            id: "\(connection) \(name.lowercased())")
        return Answer([
            "_id": .string(Self.newID(.hexadecimal(24))), .init(field): .string(name),
            .init(connection == "sms" ? "phone_verified" : "email_verified"): false,
        ])
    }

    /// The user who was sent the code, made at the first login.
    func passwordlessGrant(_ parameters: [String: String], _ client: RequestingClient, _ call: Call) async throws
        -> Answer
    {
        let connection = parameters["realm"] ?? "", name = parameters["username"] ?? ""
        let ticket = "\(connection) \(name.lowercased())"
        guard let found = try findTicket(.oneTimeCode, ticket), !found.isExpired,
            found.content["code"]?.string == parameters["otp"], try takeTicket(.oneTimeCode, ticket) != nil
        else {
            throw Refusal.oauth(
                403, "invalid_grant", "Wrong \(connection == "sms" ? "phone number" : "email") or verification code.")
        }
        let known = try userID(name, connection: connection)
        let user =
            try known
            ?? store.write { records in
                var body: JSON.Object = ["connection": .string(connection)]
                body[connection == "sms" ? "phone_number" : "email"] = .string(name)
                body[connection == "sms" ? "phone_verified" : "email_verified"] = true
                return try signUp(body, records)["user_id"]?.string ?? ""
            }
        try requireActive(user)
        let login = Login(
            user: user, client: client.id, scope: parameters["scope"], audience: parameters["audience"])
        return try await issue(login, call)
    }
}
