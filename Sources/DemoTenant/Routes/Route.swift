// What the tenant does for one operation: found from the operation's path and verb, never from its name alone.
import Auth0API

/// One operation with what answers it.
struct Route: Sendable {
    let operation: Auth0API.Operation
    let action: Action

    /// The ways to answer. The first six work for every collection of the catalog alike.
    enum Action: Sendable {
        case list(ItemCollection)
        case get(ItemCollection)
        case create(ItemCollection)
        case update(ItemCollection)
        case replace(ItemCollection)
        case delete(ItemCollection)
        case links(Relation)
        case special(Special)
        /// The tenant does not have it yet.
        case missing
    }
}

/// Operations that follow no rule, by the catalog's name.
enum Special: String, Sendable {
    case usersByEmail = "users.list_users_by_email"
    case organizationByName = "organizations.get_by_name"
    case rotateSecret = "clients.rotate_secret"
}
