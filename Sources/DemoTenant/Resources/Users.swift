// Users differ from other items: they live in a connection, carry identities, and have a password that is never shown.
import Auth0API

extension Tenant {
    /// The document of a new user.
    /// - Throws: `Refusal` where the connection is not there or asks for an e-mail or a password that is missing.
    func makeUser(_ body: JSON.Object, _ records: Records) throws -> JSON.Object {
        let connection = body["connection"]?.string ?? ""
        let connections = Place(collection: "/connections")
        guard let id = try records.id(uniqueKey: connection, in: connections),
            let text = try records.document(id, in: connections), let found = try JSON(text: text).object
        else { throw Refusal(400, "The connection does not exist.", code: "inexistent_connection") }
        let strategy = found["strategy"]?.string ?? "auth0"
        let needed = strategy == "auth0" ? ["email", "password"] : strategy == "sms" ? ["phone_number"] : ["email"]
        for name in needed where body[name] == nil { throw Refusal.badBody("Missing required property: \(name)") }
        let given = body["user_id"]?.string.map {
            $0.hasPrefix("\(strategy)|") ? String($0.dropFirst(strategy.utf8.count + 1)) : $0
        }
        let own = given ?? Self.newID(.hexadecimal(24))
        var user: JSON.Object = ["user_id": .string("\(strategy)|\(own)")]
        let skipped: Set = ["user_id", "connection", "password", "verify_email"]
        for (name, value) in body.members where !skipped.contains(name) && value != .null { user[name] = value }
        if let email = user["email"]?.string {
            user["email"] = .string(email.lowercased())
            user["email_verified"] = user["email_verified"] ?? false
            user["name"] = user["name"] ?? .string(email)
            user["nickname"] = user["nickname"] ?? .string(String(email.prefix { $0 != "@" }))
            user["picture"] = user["picture"] ?? .string(Self.picture(email))
        }
        user["identities"] = [
            [
                "connection": .string(connection), "user_id": .string(own), "provider": .string(strategy),
                "isSocial": .bool(!["auth0", "sms", "email"].contains(strategy)),
            ]
        ]
        user["created_at"] = .string(timestamp)
        user["updated_at"] = .string(timestamp)
        return user
    }

    /// The address of a picture for an e-mail, of the form Auth0 uses; nothing is ever fetched from it.
    static func picture(_ email: String) -> String {
        "https://s.gravatar.com/avatar/\(Password.digest(Secret(email), salt: "").prefix(32))?s=480&r=pg"
    }

    /// Stores the digest of a password.
    func setPassword(of user: String, _ password: Secret, _ records: Records) throws {
        let salt = Self.newID(.hexadecimal(16))
        try records.setPassword(of: user, salt: salt, digest: Password.digest(password, salt: salt))
    }

    /// Whether that is the user's password: their own, or the seed's where they have none.
    func isPassword(_ password: Secret, of user: String) throws -> Bool {
        guard let own = try store.read({ try $0.password(of: user) }) else {
            return password == DemoTenant.userPassword
        }
        return Password.digest(password, salt: own.salt) == own.digest
    }
}
