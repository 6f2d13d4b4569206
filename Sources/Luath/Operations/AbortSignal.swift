// `auth0.AbortController()`: lets a script end calls that are in flight.

import Auth0API
import LuaHost
import Synchronization

/// Ends the calls that were made with it.
final class AbortSignal: Sendable {
    private struct State {
        var isAborted = false
        var number = 0
        var calls: [Int: @Sendable () -> Void] = [:]
    }
    private let state = Mutex(State())

    func abort() {
        let calls = state.withLock { state in
            state.isAborted = true
            defer { state.calls = [:] }
            return state.calls.values
        }
        for cancel in calls { cancel() }
    }

    /// Runs an operation that ends with a cancellation as soon as the signal says so.
    nonisolated(nonsending) func watch<Value: Sendable>(
        _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        if state.withLock({ $0.isAborted }) {
            throw APIError(.cancelled, name: "CancelledError", message: "the call was aborted before it was made")
        }
        let work = Task { try await operation() }
        let number = state.withLock { state -> Int? in
            guard !state.isAborted else { return nil }
            state.number += 1
            state.calls[state.number] = { work.cancel() }
            return state.number
        }
        if number == nil { work.cancel() }
        defer { if let number { state.withLock { $0.calls[number] = nil } } }
        return try await withTaskCancellationHandler {
            try await work.value
        } onCancel: {
            work.cancel()
        }
    }

    /// Reads `abort_signal` of an options table.
    static func read(_ call: LuaCall, position: Int, operation: Operation) throws -> AbortSignal {
        try call.stack.pushField("abort_signal", of: position)
        defer { call.stack.pop() }
        if call.stack.type(-1) == .table {
            try call.stack.pushField("_signal", of: -1)
            defer { call.stack.pop() }
            if let signal = call.object(-1, as: AbortSignal.self) { return signal }
        }
        throw operation.invalidArgument(
            "option 'abort_signal' must be the signal of an AbortController",
            hint: "local controller = auth0.AbortController(); pass abort_signal = controller.signal")
    }
}
