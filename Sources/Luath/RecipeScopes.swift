// A recipe calls only what its declared scopes cover, so that whoever reads them knows what it can do.

import Auth0API
import LuaHost
import Synchronization

/// The scopes of the recipe that a run turns out to be, if it is one and declares some.
final class RecipeScopes: Sendable {
    private struct State {
        var recipe: (name: String, scopes: Set<String>)?
        /// What was called before it was known whether the script is a recipe, by name.
        var called: [String: Operation] = [:]
    }
    private let state = Mutex(State())

    /// - Throws: kind `permission` for an operation that no declared scope covers, with the scope to declare.
    func check(_ operation: Operation) throws(APIError) {
        try state.withLock { state throws(APIError) in
            if let recipe = state.recipe {
                try Self.check(operation, recipe)
            } else {
                state.called[operation.qualifiedName] = operation
            }
        }
    }

    /// The recipe is about to run, or to be described.
    ///
    /// - Throws: as `check`, for what it has called while it was loaded.
    func limit(to recipe: RecipeDescription) throws(APIError) {
        guard let scopes = recipe.scopes else { return }
        try state.withLock { state throws(APIError) in
            let limit = (recipe.name, Set(scopes))
            for operation in state.called.values { try Self.check(operation, limit) }
            state.recipe = limit
        }
    }

    private static func check(
        _ operation: Operation, _ recipe: (name: String, scopes: Set<String>)
    ) throws(APIError) {
        if operation.name == "request" {
            throw .permission(
                "the catalog does not know which scope '\(operation.verb.rawValue) \(operation.path)' needs", operation,
                hint: "only a recipe that declares no scopes can call it")
        }
        guard let first = operation.scopes.first, recipe.scopes.isDisjoint(with: operation.scopes) else { return }
        throw .permission(
            "no scope that the recipe '\(recipe.name)' declares covers the operation; nothing was sent", operation,
            hint: "declare '\(first)' in its scopes")
    }
}
