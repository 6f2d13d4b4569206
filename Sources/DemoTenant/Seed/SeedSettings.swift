// The seed's connections, rules, actions, roles and organizations.

extension Seed {
    mutating func connections(_ records: Records, clients: [String]) throws {
        let kinds = [
            ("Username-Password-Authentication", "auth0"), ("google-oauth2", "google-oauth2"), ("email", "email"),
            ("partner-oidc", "oidc"),
        ]
        for (name, strategy) in kinds { try connection(records, name, strategy, clients: clients) }
    }

    mutating func connection(_ records: Records, _ name: String, _ strategy: String, clients: [String]) throws {
        let id = "con_" + letters(16)
        let options: JSON =
            strategy == "auth0"
            ? ["passwordPolicy": "good", "brute_force_protection": true, "disable_signup": false] : [:]
        let connection: JSON.Object = [
            "id": .string(id), "name": .string(name), "strategy": .string(strategy), "options": options,
            "realms": [.string(name)], "is_domain_connection": false,
            "enabled_clients": .array(clients.prefix(12).map(JSON.string)),
        ]
        try put(connection, id: id, unique: name, in: "/connections", records)
    }

    /// Rules and actions: the two ways of running code at sign-in.
    mutating func extensions(_ records: Records) throws {
        for (index, name) in SeedNames.rules.enumerated() {
            let id = "rul_" + letters(16)
            let rule: JSON.Object = [
                "id": .string(id), "name": .string(name), "enabled": .bool(index % 3 != 2),
                "script": .string(
                    "function (user, context, callback) {\n  // \(name)\n  callback(null, user, context);\n}"),
                "order": .number(String(index + 1)), "stage": "login_success",
            ]
            try put(rule, id: id, unique: name, in: "/rules", records)
        }
        for name in SeedNames.actions {
            let digits = hexadecimal(32)
            let id = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { range in
                String(decoding: Array(digits.utf8)[range], as: UTF8.self)
            }.joined(separator: "-")
            let made = Timestamp.text(milliseconds: moment())
            let action: JSON.Object = [
                "id": .string(id), "name": .string(name),
                "supported_triggers": [["id": "post-login", "version": "v3"]],
                "code": .string("exports.onExecutePostLogin = async (event, api) => {\n  // \(name)\n};"),
                "dependencies": [], "runtime": "node22", "secrets": [], "status": "built",
                "all_changes_deployed": true, "created_at": .string(made), "updated_at": .string(made),
            ]
            try put(action, id: id, unique: name, in: "/actions/actions", records)
        }
    }

    mutating func roles(_ records: Records) throws -> [String] {
        try SeedNames.roles.map { name, description in
            let id = "rol_" + letters(16)
            let role: JSON.Object = ["id": .string(id), "name": .string(name), "description": .string(description)]
            try put(role, id: id, unique: name, in: "/roles", records)
            return id
        }
    }

    mutating func organizations(_ records: Records) throws -> [String] {
        try SeedNames.organizations.map { title in
            let id = "org_" + letters(16)
            let name = title.lowercased().replacing(" ", with: "-")
            let organization: JSON.Object = [
                "id": .string(id), "name": .string(name), "display_name": .string(title),
                "metadata": ["tier": .string(pick(SeedNames.plans))],
            ]
            try put(organization, id: id, unique: name, in: "/organizations", records)
            return id
        }
    }

    /// Gives roles and memberships to some of the people.
    mutating func connect(
        _ records: Records, people: [String], roles: [String], organizations: [String]
    ) throws {
        guard !people.isEmpty else { return }
        for (index, role) in roles.enumerated() {
            for _ in 0..<(index == 0 ? 3 : 10) {
                try records.link("role_users", owner: role, member: pick(people))
            }
        }
        for organization in organizations {
            for _ in 0..<(8 + below(12)) { try records.link("members", owner: organization, member: pick(people)) }
        }
    }
}
