// A value that is fetched once for all who want it: an access token, a tenant's key set.

import Auth0API
import Synchronization

/// Holds a value, and fetches it again when it will not do.
///
/// A value that will do costs one lock and no suspension, which is why this is not an actor: every request asks here.
/// Whatever the number of callers there is one fetch at a time. A failure is not kept. A cancelled caller leaves at once;
/// the fetch goes on for the others, and ends with the last of them.
final class SharedValue<Value: Sendable>: Sendable {
    /// Gets the number of the fetch, which no other fetch of this object has.
    typealias Fetch = @Sendable (Int) async throws(APIError) -> Value
    private typealias Answer = Result<Value, APIError>

    private struct Flight {
        let id: Int
        let task: Task<Void, Never>
        var waiters: [Int: CheckedContinuation<Answer, Never>] = [:]
    }
    private struct State {
        var value: Value?
        var flight: Flight?
        var lastID = 0
        mutating func nextID() -> Int {
            lastID += 1
            return lastID
        }
    }
    private let state: Mutex<State>
    private let time: TimeSource

    init(_ value: Value? = nil, time: TimeSource) {
        state = Mutex(State(value: value))
        self.time = time
    }

    /// What is held now.
    var value: Value? { state.withLock { $0.value } }

    /// How many callers wait for the fetch that is under way.
    var waiterCount: Int { state.withLock { $0.flight?.waiters.count ?? 0 } }

    /// The held value if it will do, else a fetched one, which is handed out as it is.
    ///
    /// - Parameters:
    ///   - timeout: bounds the wait; nil does not.
    ///   - lateMessage: of the error of kind `timeout`.
    ///   - willDo: called under a lock.
    func get(
        within timeout: Duration?, lateMessage: String, where willDo: @Sendable (Value) -> Bool, fetch: @escaping Fetch
    ) async throws(APIError) -> Value {
        if let value = state.withLock({ $0.value }), willDo(value) { return value }
        let id = state.withLock { $0.nextID() }
        let timer = timeout.map { timeout in
            Task {
                guard (try? await time.sleep(timeout)) != nil else { return }
                leave(id, with: .timeout(message: lateMessage))
            }
        }
        defer { timer?.cancel() }
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { join(id, $0, willDo, fetch) }
        } onCancel: {
            leave(id, with: .cancelled())
        }
        return try answer.get()
    }

    private func join(
        _ id: Int, _ waiter: CheckedContinuation<Answer, Never>, _ willDo: @Sendable (Value) -> Bool,
        _ fetch: @escaping Fetch
    ) {
        let answer: Answer? = state.withLock { state in
            // A cancellation before this point found no waiter to wake; one after it waits for the lock.
            if Task.isCancelled { return .failure(.cancelled()) }
            if let value = state.value, willDo(value) { return .success(value) }
            if state.flight == nil { state.flight = start(id: state.nextID(), fetch) }
            state.flight?.waiters[id] = waiter
            return nil
        }
        if let answer { waiter.resume(returning: answer) }
    }

    private func start(id: Int, _ fetch: @escaping Fetch) -> Flight {
        Flight(
            id: id,
            task: Task {
                do throws(APIError) {
                    land(id, .success(try await fetch(id)))
                } catch {
                    land(id, .failure(error))
                }
            })
    }

    private func land(_ id: Int, _ answer: Answer) {
        let waiters = state.withLock { state in
            guard let flight = state.flight, flight.id == id else { return [CheckedContinuation<Answer, Never>]() }
            state.flight = nil
            if case .success(let value) = answer { state.value = value }
            return Array(flight.waiters.values)
        }
        for waiter in waiters { waiter.resume(returning: answer) }
    }

    private func leave(_ id: Int, with error: APIError) {
        let waiter = state.withLock { state in
            let waiter = state.flight?.waiters.removeValue(forKey: id)
            if waiter != nil, let flight = state.flight, flight.waiters.isEmpty {
                flight.task.cancel()
                state.flight = nil
            }
            return waiter
        }
        waiter?.resume(returning: .failure(error))
    }
}
