// The seed's applications, the APIs that they may call, and the client that Luath itself uses.
import Auth0API

extension Seed {
    /// Stores applications, resource servers and grants. Returns the ids of the applications.
    mutating func applications(_ records: Records) throws -> [String] {
        var ids: [String] = []
        func slug(_ name: String) -> String { name.lowercased().replacing(" ", with: "-") }
        _ = try client(records, name: "All Applications", type: nil, isGlobal: true)
        let luath = try client(records, name: "luath", type: "non_interactive")
        try records.setSetting("demo_client", luath)
        var queue = SeedNames.applications.flatMap { group in group.names.map { (group.type, $0) } }
        queue.shuffle(using: &random)
        for (type, name) in queue { ids.append(try client(records, name: name, type: type, slug: slug(name))) }
        let scopes = Set(RouteTable.shared.scopes).sorted()
        try server(records, "Auth0 Management API", Tenant.managementIdentifier, scopes, isSystem: true)
        try grant(records, luath, Tenant.managementIdentifier, scopes)
        for (name, words) in [("Orders", ["orders", "refunds"]), ("Inventory", ["stock"]), ("Reports", ["reports"])] {
            let identifier = "https://api.example.com/\(name.lowercased())"
            let scopes = words.flatMap { ["read:\($0)", "write:\($0)"] }
            try server(records, "\(name) API", identifier, scopes, isSystem: false)
            for _ in 0..<3 {
                let client = pick(ids)
                guard
                    try records.id(uniqueKey: "\(client)\u{1}\(identifier)", in: Place(collection: "/client-grants"))
                        == nil
                else { continue }
                try grant(records, client, identifier, [scopes[0]])
            }
        }
        return ids
    }

    private mutating func client(
        _ records: Records, name: String, type: String?, isGlobal: Bool = false, slug: String = ""
    ) throws -> String {
        let id = letters(32)
        let isMachine = type == "non_interactive"
        let isPublic = type == "spa" || type == "native"
        var client: JSON.Object = [
            "client_id": .string(id), "tenant": "luath-demo", "name": .string(name),
            "description": .string(slug.isEmpty ? "" : "\(name), owned by team \(pick(SeedNames.colors))"),
            "global": .bool(isGlobal), "client_secret": .string(letters(64)),
        ]
        if let type { client["app_type"] = .string(type) }
        client["is_first_party"] = true
        client["oidc_conformant"] = true
        client["sso_disabled"] = false
        client["cross_origin_auth"] = false
        client["token_endpoint_auth_method"] = isPublic ? "none" : "client_secret_post"
        let host = "https://\(slug).example.com"
        client["callbacks"] = slug.isEmpty || isMachine ? [] : [.string("\(host)/callback")]
        client["allowed_logout_urls"] = slug.isEmpty || isMachine ? [] : [.string(host)]
        client["web_origins"] = type == "spa" ? [.string(host)] : []
        client["grant_types"] =
            switch type {
            case "non_interactive" where name == "luath": .array(GrantType.allCases.map { .string($0.rawValue) })
            case "non_interactive": ["client_credentials"]
            case nil: []
            default: ["authorization_code", "refresh_token"]
            }
        client["jwt_configuration"] = ["alg": "RS256", "lifetime_in_seconds": 36_000, "secret_encoded": false]
        if !slug.isEmpty { client["client_metadata"] = ["team": .string(pick(SeedNames.colors))] }
        client["custom_login_page_on"] = true
        try put(client, id: id, unique: nil, in: "/clients", records)
        return id
    }

    private mutating func server(
        _ records: Records, _ name: String, _ identifier: String, _ scopes: [String], isSystem: Bool
    ) throws {
        let id = hexadecimal(24)
        let server: JSON.Object = [
            "id": .string(id), "name": .string(name), "identifier": .string(identifier),
            "is_system": .bool(isSystem), "signing_alg": "RS256", "token_lifetime": 86_400,
            "token_lifetime_for_web": 7_200, "allow_offline_access": false,
            "scopes": .array(
                scopes.map { ["value": .string($0), "description": .string($0.replacing(":", with: " "))] }),
        ]
        try put(server, id: id, unique: identifier, in: "/resource-servers", records)
    }

    private mutating func grant(_ records: Records, _ client: String, _ identifier: String, _ scopes: [String]) throws {
        let id = "cgr_" + letters(16)
        let grant: JSON.Object = [
            "id": .string(id), "client_id": .string(client), "audience": .string(identifier),
            "scope": .array(scopes.map(JSON.string)), "subject_type": "client",
        ]
        try put(grant, id: id, unique: "\(client)\u{1}\(identifier)", in: "/client-grants", records)
    }
}
