// Users of a database who help themselves: sign-up and a forgotten password; and applications that register themselves.
import Auth0API

extension Tenant {
    /// `POST /dbconnections/signup`.
    func signUp(_ call: Call) throws -> Answer {
        var body = try object(call)
        try requireKnownClient(body)
        guard let email = body["email"]?.string, let password = body["password"]?.string else {
            throw Refusal.signUp("invalid_signup", "email and password are required")
        }
        guard password.count >= 8 else {
            throw Refusal.signUp("invalid_password", "Password is too weak: at least 8 characters")
        }
        body["connection"] = body["connection"] ?? .string(Self.databaseConnection)
        body["client_id"] = nil
        let made: JSON.Object
        do {
            made = try store.write { records in try signUp(body, records) }
        } catch is DuplicateError {
            throw Refusal.signUp("user_exists", "The user already exists.")
        }
        var answer: JSON.Object = [
            "_id": .string(made["user_id"]?.string.map { String($0.split(separator: "|").last ?? "") } ?? ""),
            "email_verified": false, "email": .string(email.lowercased()),
        ]
        for name in ["username", "given_name", "family_name", "name", "nickname", "picture", "user_metadata"] {
            answer[name] = body[name]
        }
        return Answer(.object(answer))
    }

    /// `POST /dbconnections/change_password`: says the same for addresses that are not there.
    func changePassword(_ call: Call) throws -> Answer {
        let body = try object(call)
        try requireKnownClient(body)
        guard body["email"]?.string != nil, body["connection"]?.string != nil else {
            throw Refusal.oauth(400, "invalid_request", "email and connection are required")
        }
        return Answer(text: "We've just sent you an email to reset your password.")
    }

    /// `POST /oidc/register` (RFC 7591).
    func register(_ call: Call) throws -> Answer {
        let body = try object(call)
        guard let redirects = body["redirect_uris"], redirects.array?.isEmpty == false,
            let clients = ItemCollection("/clients", in: .shared)
        else { throw Refusal.oauth(400, "invalid_request", "redirect_uris is required") }
        var wanted: JSON.Object = [
            "name": body["client_name"] ?? "Dynamic client", "callbacks": redirects, "is_first_party": false,
        ]
        wanted["token_endpoint_auth_method"] = body["token_endpoint_auth_method"] ?? "client_secret_post"
        wanted["grant_types"] = body["grant_types"]
        let made = try store.write { records in
            let made = try make(clients, wanted, records)
            try records.insert(entry(clients, made), in: Place(collection: "/clients"))
            return made
        }
        var answer: JSON.Object = [
            "client_name": made["name"] ?? "", "client_id": made["client_id"] ?? "", "redirect_uris": redirects,
            "token_endpoint_auth_method": made["token_endpoint_auth_method"] ?? "", "client_secret_expires_at": 0,
        ]
        if wanted["token_endpoint_auth_method"] != "none" { answer["client_secret"] = made["client_secret"] }
        return Answer(status: 201, .object(answer))
    }

    /// The body of a request that has JSON.
    func object(_ call: Call) throws -> JSON.Object {
        guard let object = try? JSON(call.body).object else {
            throw Refusal.oauth(400, "invalid_request", "The body is not a JSON object")
        }
        return object
    }

    private func requireKnownClient(_ body: JSON.Object) throws {
        guard try client(body["client_id"]?.string) != nil else {
            throw Refusal.oauth(400, "invalid_request", "Unknown client")
        }
    }
}

extension Refusal {
    /// `{name, code, description, statusCode}` as operations of databases answer.
    fileprivate static func signUp(_ code: String, _ description: String) -> Refusal {
        Refusal(
            answer: Answer(
                status: 400,
                [
                    "name": "BadRequestError", "code": .string(code), "description": .string(description),
                    "statusCode": 400,
                ]))
    }
}
