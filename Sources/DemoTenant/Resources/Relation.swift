// Collections whose items are links between two things that exist on their own: a role's users, a user's roles.

/// One end of a kind of link, with the path where it is listed and changed.
struct Relation: Sendable {
    /// The catalog's path, parameters as `{}`.
    let path: String
    /// The name of the link in the store; both ends share it.
    let kind: String
    /// The collection that the path's parameter names.
    let near: String
    /// The collection that the items come from.
    let far: String
    /// The member of a body that lists ids of the far end.
    let bodyName: String
    /// Whether the near end is the link's owner in the store.
    let nearIsOwner: Bool

    static let all = [
        Relation(
            path: "/roles/{}/users", kind: "role_users", near: "/roles", far: "/users", bodyName: "users",
            nearIsOwner: true),
        Relation(
            path: "/users/{}/roles", kind: "role_users", near: "/users", far: "/roles", bodyName: "roles",
            nearIsOwner: false),
        Relation(
            path: "/organizations/{}/members", kind: "members", near: "/organizations", far: "/users",
            bodyName: "members", nearIsOwner: true),
        Relation(
            path: "/users/{}/organizations", kind: "members", near: "/users", far: "/organizations",
            bodyName: "organizations", nearIsOwner: false),
    ]

    /// The relation at a path of the catalog, or nil.
    static func at(_ path: String) -> Relation? {
        let plain = path.split(separator: "/").map { $0.first == "{" ? "{}" : $0 }.joined(separator: "/")
        return all.first { $0.path == "/" + plain }
    }
}
