// One access token for all callers of a client: fetched once, shared, renewed before it expires or when it is refused.

import Auth0API
import Synchronization

/// Hands out the access token of a client.
///
/// A cached token costs one lock and no suspension, which is why this is not an actor: every request asks here.
/// Whatever the number of callers there is one token request at a time. A failed request is not cached. A cancelled
/// caller leaves at once; the request goes on for the others, and ends with the last of them.
final class TokenSource: Sendable {
    struct Token: Sendable {
        /// The value of the `Authorization` header.
        let authorization: Secret
        /// Counts the tokens of this source, so that callers who held the same one share its replacement.
        let generation: Int
        /// On the source's clock; nil never expires.
        let expiresAt: Duration?
        /// When it replaced a token that was refused; nil when it did not.
        let replacedAt: Duration?
    }
    typealias Fetch = @Sendable () async throws(APIError) -> (token: Secret, lifetime: Duration)
    private typealias Answer = Result<Token, APIError>

    private struct Flight {
        let id: Int
        let task: Task<Void, Never>
        var waiters: [Int: CheckedContinuation<Answer, Never>] = [:]
    }
    private struct State {
        var token: Token?
        var flight: Flight?
        var lastID = 0
        mutating func nextID() -> Int {
            lastID += 1
            return lastID
        }
    }
    private let state: Mutex<State>
    private let time: TimeSource
    private let fetch: Fetch?

    /// A token that is never renewed.
    init(fixed token: Secret) {
        let bearer = Secret("Bearer \(token.reveal())")
        state = Mutex(
            State(token: Token(authorization: bearer, generation: 0, expiresAt: nil, replacedAt: nil)))
        time = .system
        fetch = nil
    }

    /// Tokens from `fetch`, each kept for its lifetime less a leeway: a tenth of it, at most a minute.
    init(time: TimeSource, fetch: @escaping Fetch) {
        state = Mutex(State())
        self.time = time
        self.fetch = fetch
    }

    /// The token that callers hold now, to keep it out of errors.
    var issued: [Secret] {
        state.withLock { $0.token }.map { [Secret(String($0.authorization.reveal().dropFirst("Bearer ".count)))] } ?? []
    }

    /// How many callers wait for the token request that is under way.
    var waiterCount: Int { state.withLock { $0.flight?.waiters.count ?? 0 } }

    /// Whether a refused token can be replaced.
    var canRenew: Bool { fetch != nil }

    /// The token to send.
    ///
    /// - Parameters:
    ///   - refused: the token that the server has just refused. The answer is a newer one, unless `refused` is itself a
    ///     fresh replacement: then it comes back as it is, so that a tenant that refuses all tokens is not flooded.
    ///   - timeout: bounds the wait; nil does not.
    func token(replacing refused: Token? = nil, within timeout: Duration? = nil) async throws(APIError) -> Token {
        let cached = state.withLock { usable($0, replacing: refused) }
        if let cached { return cached }
        let id = state.withLock { $0.nextID() }
        let timer = timeout.map { timeout in
            Task {
                guard (try? await time.sleep(timeout)) != nil else { return }
                leave(id, with: .timeout(message: "no access token came within the call's deadline"))
            }
        }
        defer { timer?.cancel() }
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { join(id, $0, replacing: refused) }
        } onCancel: {
            leave(id, with: .cancelled())
        }
        return try answer.get()
    }

    private func usable(_ state: borrowing State, replacing refused: Token?) -> Token? {
        guard let token = state.token else { return nil }
        if let expiresAt = token.expiresAt, time.now() >= expiresAt { return nil }
        guard let refused, refused.generation == token.generation else { return token }
        guard fetch != nil else { return token }
        return token.replacedAt.map { time.now() - $0 < .seconds(30) } ?? false ? token : nil
    }

    private func join(_ id: Int, _ waiter: CheckedContinuation<Answer, Never>, replacing refused: Token?) {
        let answer: Answer? = state.withLock { state in
            // A cancellation before this point found no waiter to wake; one after it waits for the lock.
            if Task.isCancelled { return .failure(.cancelled()) }
            if let token = usable(state, replacing: refused) { return .success(token) }
            if state.flight == nil { state.flight = start(id: state.nextID(), replacing: refused) }
            state.flight?.waiters[id] = waiter
            return nil
        }
        if let answer { waiter.resume(returning: answer) }
    }

    private func start(id: Int, replacing refused: Token?) -> Flight {
        Flight(
            id: id,
            task: Task {
                do throws(APIError) {
                    guard let fetch else { throw .cancelled() }
                    let (token, lifetime) = try await fetch()
                    let now = time.now()
                    land(
                        id,
                        .success(
                            Token(
                                authorization: Secret("Bearer \(token.reveal())"), generation: id,
                                expiresAt: now + lifetime - min(.seconds(60), lifetime / 10),
                                replacedAt: refused == nil ? nil : now)))
                } catch {
                    land(id, .failure(error))
                }
            })
    }

    private func land(_ id: Int, _ answer: Answer) {
        let waiters = state.withLock { state in
            guard let flight = state.flight, flight.id == id else { return [CheckedContinuation<Answer, Never>]() }
            state.flight = nil
            if case .success(let token) = answer { state.token = token }
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
