// What scripts of one run took out of the environment as secrets: it goes to the tenant, and nothing shows it.

import Auth0API
import Auth0Client
import Synchronization

/// The values of a run's secrets.
final class RunSecrets: Sendable {
    private struct State {
        var secrets: Set<Secret> = []
        /// Nil while there are no secrets.
        var redactor: Redactor?
    }
    private let state = Mutex(State())

    func add(_ secret: Secret) {
        state.withLock { state in
            guard state.secrets.insert(secret).inserted else { return }
            state.redactor = Redactor(Array(state.secrets))
        }
    }

    /// Hides the secrets; nil while there are none.
    var redactor: Redactor? { state.withLock { $0.redactor } }
}
