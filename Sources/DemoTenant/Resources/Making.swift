// What a new item has besides what its creator gave: an id, dates, and the defaults that scripts notice.
import Auth0API

extension Tenant {
    /// The document of a new item.
    func make(_ collection: ItemCollection, _ body: JSON.Object, _ records: Records) throws -> JSON.Object {
        if collection.path == "/users" { return try makeUser(body, records) }
        var object: JSON.Object = [collection.idName: .string(Self.newID(collection.traits.id))]
        for (name, value) in defaults(collection, body) { object[name] = value }
        for (name, value) in body.members where collection.itemFields[name] != nil && value != .null {
            object[name] = value
        }
        tidy(&object, collection)
        for name in ["created_at", "updated_at"] where collection.itemFields[name] != nil {
            object[name] = .string(timestamp)
        }
        return object
    }

    private func defaults(_ collection: ItemCollection, _ body: JSON.Object) -> [(String, JSON)] {
        switch collection.path {
        case "/clients":
            let isMachine = body["app_type"]?.string == "non_interactive"
            return [
                ("tenant", "luath-demo"), ("global", false), ("name", ""),
                ("is_token_endpoint_ip_header_trusted", false), ("is_first_party", true),
                ("oidc_conformant", false), ("sso_disabled", false), ("cross_origin_auth", false),
                ("client_secret", .string(Self.newID(.alphanumeric(64)))), ("callbacks", []),
                (
                    "grant_types",
                    isMachine ? ["client_credentials"] : ["authorization_code", "implicit", "refresh_token"]
                ),
                ("jwt_configuration", ["alg": "RS256", "lifetime_in_seconds": 36_000, "secret_encoded": false]),
                ("custom_login_page_on", true),
            ]
        case "/rules": return [("enabled", true), ("order", 0), ("stage", "login_success")]
        case "/connections":
            return [
                ("options", [:]), ("is_domain_connection", false), ("enabled_clients", []),
                ("realms", [body["name"] ?? ""]),
            ]
        case "/resource-servers":
            return [
                ("is_system", false), ("scopes", []), ("signing_alg", "RS256"), ("token_lifetime", 86_400),
                ("token_lifetime_for_web", 7_200), ("allow_offline_access", false),
            ]
        case "/client-grants": return [("scope", [])]
        case "/actions/actions":
            return [
                ("code", ""), ("dependencies", []), ("runtime", "node22"), ("secrets", []), ("status", "pending"),
                ("all_changes_deployed", false),
            ]
        default: return []
        }
    }

    /// Takes out what may be written but is never shown: the values of an action's secrets.
    func tidy(_ object: inout JSON.Object, _ collection: ItemCollection) {
        guard collection.path == "/actions/actions", let secrets = object["secrets"]?.array else { return }
        object["secrets"] = .array(
            secrets.map { secret in
                let known = secret.object ?? [:]
                return ["name": known["name"] ?? "", "updated_at": known["updated_at"] ?? .string(timestamp)]
            })
    }

    /// A new id in the style of a collection.
    static func newID(_ style: Traits.IDStyle) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        func text(_ count: Int, _ most: Int) -> String {
            String((0..<count).map { _ in letters[.random(in: 0..<most)] })
        }
        func hexadecimal(_ count: Int) -> String {
            (0..<count).map { _ in String(Int.random(in: 0..<16), radix: 16) }.joined()
        }
        switch style {
        case .prefixed(let prefix): return prefix + text(16, letters.count)
        case .alphanumeric(let count): return text(count, letters.count)
        case .hexadecimal(let count): return hexadecimal(count)
        case .uuid:
            return [8, 4, 4, 4, 12].map(hexadecimal).joined(separator: "-")
        }
    }
}
