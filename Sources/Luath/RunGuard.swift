// What one run may do, in one place: permissions, the recipe's scopes, files, and the secrets that nothing may show.

import Auth0API
import Auth0Client

/// The rules of one run. Paths are resolved when it is made.
struct RunGuard: Sendable {
    let permissions: Permissions
    let files: FileAccess
    let recipe = RecipeScopes()
    let secrets = RunSecrets()

    init(_ permissions: Permissions) {
        self.permissions = permissions
        files = FileAccess(permissions)
    }

    /// Every call of an operation comes by here before it is sent, whatever name it has in the script.
    ///
    /// - Throws: `APIError` of kind `permission` that names the option, or the scope to declare.
    func permit(_ operation: Operation) throws(APIError) {
        try recipe.check(operation)
        try permissions.check(operation)
    }

    /// - Throws: as `permit`, for the operation that a method and a path below the Management API's base mean.
    func permit(_ verb: Verb, at path: String) throws(APIError) {
        try permit(
            Catalog.shared.operation(verb, at: path)
                ?? .uncatalogued(verb, path: path, hasBody: true, in: .management))
    }

    /// The options of a client, whose requests then keep to the rules.
    func guarded(_ options: ClientOptions) throws(APIError) -> ClientOptions {
        var options = options
        let transport: any Transport =
            if let given = options.transport { given } else { try HTTPTransport(options.connection) }
        options.transport = RunTransport(transport, permissions, secrets)
        return options
    }
}
