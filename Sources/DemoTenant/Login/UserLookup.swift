// How sign-ins find the users that they are for.
import Auth0API

extension Tenant {
    /// The connection that is meant where a request names none.
    static let databaseConnection = "Username-Password-Authentication"

    /// A user's document.
    func user(_ id: String) throws -> JSON.Object? {
        try store.read { try $0.document(id, in: Place(collection: "/users")) }.flatMap { try JSON(text: $0).object }
    }

    /// The id of the user of a connection with that e-mail or phone number.
    func userID(_ name: String, connection: String) throws -> String? {
        try store.read {
            try $0.id(uniqueKey: "\(connection)\u{1}\(name.lowercased())", in: Place(collection: "/users"))
        }
    }

    /// Refuses users who may not sign in.
    func requireActive(_ id: String) throws {
        guard try user(id)?["blocked"]?.bool != true else {
            throw Refusal.oauth(401, "unauthorized", "user is blocked")
        }
    }

    /// The person in front of every device: the first user of the database who may sign in.
    func personAtTheDevice() throws -> String? {
        var selection = Selection()
        selection.keep(anyOf: "identities", where: "connection", equals: Self.databaseConnection)
        var found: String?
        try store.read { records in
            try records.page(Place(collection: "/users"), selection, limit: 100) { _, document in
                guard found == nil, let user = try JSON(Array(document)).object, user["blocked"]?.bool != true else {
                    return
                }
                found = user["user_id"]?.string
            }
        }
        return found
    }

    /// Makes a user as a sign-up or a first passwordless login does.
    /// - Throws: `DuplicateError`; `Refusal` where the connection is not there.
    func signUp(_ body: JSON.Object, _ records: Records) throws -> JSON.Object {
        guard let users = ItemCollection("/users", in: .shared) else { throw Refusal.unknownPath }
        let made = try makeUser(body, records)
        let entry = entry(users, made)
        try records.insert(entry, in: Place(collection: "/users"))
        if let password = body["password"]?.string { try setPassword(of: entry.id, Secret(password), records) }
        return made
    }
}
