// `GET /authorize`: the login page of a tenant without pages. RFC 6749 §4.1, RFC 7636, RFC 9126.
import Auth0API
import HTTPTypes

extension Tenant {
    /// Sends the browser back at once with a code for the user whom `login_hint` names, by e-mail or id.
    func authorize(_ call: Call) throws -> Answer {
        var request = Dictionary(call.query.map { ($0.name, $0.value) }) { $1 }
        let clientID = request["client_id"] ?? ""
        if let pushed = request["request_uri"] {
            let content = try takeTicket(.pushedRequest, pushed)
            guard let content, content["client_id"]?.string == clientID else {
                throw Refusal.oauth(400, "invalid_request", "The request_uri is invalid or has expired")
            }
            request = Dictionary(uniqueKeysWithValues: content.members.map { ($0.name, $0.value.string ?? "") })
        }
        guard let client = try client(clientID) else {
            throw Refusal.oauth(400, "invalid_request", "Unknown client: \(clientID)")
        }
        let redirect = request["redirect_uri"] ?? client.callbacks.first ?? ""
        guard !redirect.isEmpty, client.isDemo || client.callbacks.contains(redirect) else {
            throw Refusal.oauth(
                403, "access_denied", "Callback URL mismatch. \(redirect) is not in the list of allowed callback URLs")
        }
        var parameters: [(String, String)]
        do {
            let login = try login(request, client)
            var content = login.json
            content["redirect_uri"] = request["redirect_uri"].map(JSON.string)
            content["code_challenge"] = request["code_challenge"].map(JSON.string)
            parameters = [("code", try makeTicket(.authorizationCode, content, lifetime: 600))]
        } catch let refusal as LoginRefusal {
            parameters = [("error", refusal.error), ("error_description", refusal.description)]
        }
        if let state = request["state"] { parameters.append(("state", state)) }
        return .redirect(to: redirect, parameters)
    }

    /// A refusal that goes back to the application by way of the browser.
    private struct LoginRefusal: Error {
        let error: String
        let description: String
    }

    private func login(_ request: [String: String], _ client: RequestingClient) throws -> Login {
        func refused(_ error: String, _ description: String) -> LoginRefusal {
            LoginRefusal(error: error, description: description)
        }
        guard request["response_type"] == "code" else {
            throw refused("unsupported_response_type", "The demo tenant gives codes only: response_type=code")
        }
        guard client.grantTypes.contains("authorization_code") else {
            throw refused("unauthorized_client", "Grant type 'authorization_code' not allowed for the client.")
        }
        let method = request["code_challenge_method"]
        guard request["code_challenge"] == nil ? !client.isPublic && method == nil : method == "S256" else {
            throw refused("invalid_request", "Parameter 'code_challenge' is required, with code_challenge_method=S256")
        }
        guard let hint = request["login_hint"] else {
            throw refused("login_required", "The demo tenant has no login page: name a user in login_hint")
        }
        let connection = request["connection"] ?? Self.databaseConnection
        let named = try userID(hint, connection: connection)
        guard let user = try named ?? user(hint)?["user_id"]?.string else {
            throw refused("access_denied", "no user \(hint) in the connection \(connection)")
        }
        guard try self.user(user)?["blocked"]?.bool != true else { throw refused("unauthorized", "user is blocked") }
        var login = Login(
            user: user, client: client.id, scope: request["scope"], audience: request["audience"])
        login.nonce = request["nonce"]
        if request["max_age"] != nil { login.time = seconds }
        if let wanted = request["organization"] {
            let organizations = Place(collection: "/organizations")
            let id = try store.read { records in
                try records.document(wanted, in: organizations) == nil
                    ? records.id(uniqueKey: wanted.lowercased(), in: organizations) : wanted
            }
            guard let id, try store.read({ try $0.isLinked("members", owner: id, member: user) }) else {
                throw refused("access_denied", "user \(user) is not part of the \(wanted) organization")
            }
            login.organization = id
            if id != wanted { login.organizationName = wanted.lowercased() }
        }
        return login
    }

    /// `POST /oauth/par`: keeps an authorization request for half a minute.
    func pushAuthorization(_ call: Call) async throws -> Answer {
        var parameters = try parameters(call)
        let client = try await requireClient(parameters, call)
        guard parameters["request_uri"] == nil, parameters["response_type"] != nil else {
            throw Refusal.oauth(400, "invalid_request", "Missing required parameter: response_type")
        }
        parameters["client_id"] = client.id
        for name in ["client_secret", "client_assertion", "client_assertion_type"] { parameters[name] = nil }
        let id = "urn:ietf:params:oauth:request_uri:\(Self.newID(.alphanumeric(32)))"
        let content = JSON.Object(parameters.map { (name: $0.key, value: .string($0.value)) })
        _ = try makeTicket(.pushedRequest, content, lifetime: 30, id: id)
        return Answer(status: 201, ["request_uri": .string(id), "expires_in": 30])
    }

    /// `GET /v2/logout` and `GET /oidc/logout`: there is no session to end, so the browser just goes on.
    func logOut(_ call: Call) -> Answer {
        guard let next = call.query("returnTo") ?? call.query("post_logout_redirect_uri") else {
            return Answer(text: "OK")
        }
        return .redirect(to: next, call.query("state").map { [("state", $0)] } ?? [])
    }
}

extension Answer {
    /// 302 to a URL with parameters added to its query.
    static func redirect(to url: String, _ parameters: [(String, String)]) -> Answer {
        let query = parameters.map { "\($0.0)=\(PercentEncoding.component($0.1))" }.joined(separator: "&")
        var answer = Answer(status: 302)
        answer.headers[.location] = query.isEmpty ? url : "\(url)\(url.contains("?") ? "&" : "?")\(query)"
        return answer
    }

    /// A plain text.
    init(text: String) {
        self.init(status: 200, body: Array(text.utf8))
        headers[.contentType] = "text/html; charset=utf-8"
    }
}
