// Pages that are fetched before a script asks for them.

import LuaHost
import Synchronization

/// The fetches of one run that nobody waits for yet. They end with the run.
final class Prefetches: Sendable {
    private struct State {
        var number = 0
        var running: [Int: Task<HostAnswer, any Error>] = [:]
        var isEnded = false
    }
    private let state = Mutex(State())

    /// Sends a call now; nil when the run has ended.
    func start(_ call: ManagementCall) -> Task<HostAnswer, any Error>? {
        state.withLock { state in
            guard !state.isEnded else { return nil }
            state.number += 1
            let number = state.number
            let task = Task {
                defer { forget(number) }
                return try await call.perform()
            }
            state.running[number] = task
            return task
        }
    }

    private func forget(_ number: Int) { state.withLock { $0.running[number] = nil } }

    /// Cancels what is in flight and waits for it.
    func end() async {
        let tasks = state.withLock { state in
            state.isEnded = true
            return Array(state.running.values)
        }
        for task in tasks { task.cancel() }
        for task in tasks { _ = await task.result }
    }
}
