// What the catalog does not say about collections: how their ids look, what must be unique, how Auth0 words a refusal.

/// Facts about one collection. Those of a collection that is not listed here follow from its path.
struct Traits: Sendable {
    /// How ids are made.
    enum IDStyle: Sendable {
        /// A prefix and 16 letters and digits: `rol_8vKq…`.
        case prefixed(String)
        /// That many letters and digits.
        case alphanumeric(Int)
        /// That many hexadecimal digits.
        case hexadecimal(Int)
        case uuid
    }
    /// What an item is called in messages: `client`.
    var noun: String
    var idName: String?
    var id: IDStyle
    /// The members that together may appear once.
    var unique: [String] = []
    /// What a duplicate is refused with.
    var duplicate: (message: String, code: String)?
    /// What a missing item is refused with; nil is "The role does not exist." and `inexistent_role`.
    var absent: (message: String, code: String)?
    /// Whether deleting what is not there is no error.
    var deletesQuietly = false
    /// A member that may stand in the path for the id.
    var alias: String?
    /// Objects that PATCH merges member by member; others are replaced.
    var merged: Set<String> = []
    /// Members shown only to tokens with one of these scopes.
    var guarded: [String: [String]] = [:]
    /// Items of other collections that go with an item: the collection's path and the member with the id.
    var cascades: [(path: String, name: String)] = []

    static func of(_ path: String) -> Traits { listed[path] ?? derived(path) }

    private static let listed: [String: Traits] = [
        "/clients": Traits(
            noun: "client", idName: "client_id", id: .alphanumeric(32), deletesQuietly: true,
            merged: ["client_metadata"],
            guarded: [
                "client_secret": ["read:client_keys"], "signing_keys": ["read:client_keys"],
                "encryption_key": ["read:client_keys"],
            ],
            cascades: [("/client-grants", "client_id")]),
        "/users": Traits(
            noun: "user", idName: "user_id", id: .hexadecimal(24), unique: ["email"],
            duplicate: ("The user already exists.", "auth0_idp_error"), deletesQuietly: true,
            merged: ["user_metadata", "app_metadata"]),
        "/roles": Traits(
            noun: "role", id: .prefixed("rol_"), unique: ["name"],
            duplicate: ("Role with the same name already exists.", "role_conflict")),
        "/organizations": Traits(
            noun: "organization", id: .prefixed("org_"), unique: ["name"],
            duplicate: ("An organization with this name already exists.", "organization_conflict"),
            absent: ("No organization found by that id or name", "inexistent_organization")),
        "/connections": Traits(
            noun: "connection", id: .prefixed("con_"), unique: ["name"],
            duplicate: ("A connection with the same name already exists", "connection_conflict"),
            deletesQuietly: true),
        "/rules": Traits(
            noun: "rule", id: .prefixed("rul_"), unique: ["name"],
            duplicate: ("A rule with the same name already exists", "rule_conflict"), deletesQuietly: true),
        "/hooks": Traits(noun: "hook", id: .hexadecimal(20), deletesQuietly: true),
        "/resource-servers": Traits(
            noun: "resource server", id: .hexadecimal(24), unique: ["identifier"],
            duplicate: ("A resource server with the same identifier already exists", "resource_server_conflict"),
            alias: "identifier", cascades: []),
        "/client-grants": Traits(
            noun: "client grant", id: .prefixed("cgr_"), unique: ["client_id", "audience"],
            duplicate: ("A resource with the same identifier already exists.", "client_grant_conflict")),
        "/actions/actions": Traits(
            noun: "action", id: .uuid, unique: ["name"],
            duplicate: ("An action with the same name already exists", "action_conflict")),
        "/log-streams": Traits(noun: "log stream", id: .prefixed("lst_")),
    ]

    /// `/user-attribute-profiles` holds items called "user attribute profile" with ids that start with `uap_`.
    private static func derived(_ path: String) -> Traits {
        let words = path.split(separator: "/").last.map { $0.split { $0 == "-" || $0 == "_" } } ?? []
        var noun = words.joined(separator: " ")
        if noun.hasSuffix("ies") { noun = noun.dropLast(3) + "y" } else if noun.hasSuffix("s") { noun.removeLast() }
        let letters = words.count > 2 ? words.compactMap(\.first).map(String.init).joined() : String(noun.prefix(3))
        return Traits(noun: noun, id: .prefixed(letters.prefix(3) + "_"))
    }

    /// The refusal of a request for an item that is not there.
    var notFound: Refusal {
        let code = noun.replacing(" ", with: "_")
        return Refusal(
            404, absent?.message ?? "The \(noun) does not exist.", code: absent?.code ?? "inexistent_\(code)")
    }
    /// The refusal of a second item with the same unique members.
    var conflict: Refusal {
        let text =
            duplicate ?? ("A \(noun) with the same id already exists.", "\(noun.replacing(" ", with: "_"))_conflict")
        return Refusal(409, text.message, code: text.code)
    }
}
