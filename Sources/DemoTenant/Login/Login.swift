// A user's sign-in to an application: what codes and refresh tokens stand for, and what tokens tell.

/// Who signed in, to what, and what was agreed to.
struct Login {
    var user: String
    var client: String
    var scopes: [String]
    var audience: String?
    /// Of the authorization request; the ID token repeats it.
    var nonce: String?
    /// The id of the organization that the user signed in to.
    var organization: String?
    /// Its name, where the request gave that.
    var organizationName: String?
    /// When the user signed in, in seconds since 1970, where the request asked for it (`max_age`).
    var time: Int?

    init(user: String, client: String, scope: String?, audience: String?) {
        self.user = user
        self.client = client
        scopes = (scope ?? "openid profile email").split(separator: " ").map(String.init)
        self.audience = audience
    }

    /// Reads what `json` wrote.
    init?(_ content: JSON.Object) {
        guard let user = content["user"]?.string, let client = content["client"]?.string else { return nil }
        self.init(
            user: user, client: client, scope: content["scope"]?.string, audience: content["audience"]?.string)
        nonce = content["nonce"]?.string
        organization = content["organization"]?.string
        organizationName = content["organization_name"]?.string
        time = content["time"]?.number.map { Int($0) }
    }

    /// The login as a ticket keeps it.
    var json: JSON.Object {
        var content: JSON.Object = [
            "user": .string(user), "client": .string(client), "scope": .string(scopes.joined(separator: " ")),
        ]
        content["audience"] = audience.map(JSON.string)
        content["nonce"] = nonce.map(JSON.string)
        content["organization"] = organization.map(JSON.string)
        content["organization_name"] = organizationName.map(JSON.string)
        content["time"] = time.map { .number(String($0)) }
        return content
    }
}
