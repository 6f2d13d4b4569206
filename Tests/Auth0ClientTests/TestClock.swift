// Time for tests: waits are recorded and over at once, or last until they are cancelled.

import Auth0Client
import Synchronization

final class TestClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }
    private let state = Mutex((now: Duration.zero, waits: [Duration]()))
    private let holds: Bool

    /// - Parameter holds: whether waits last until they are cancelled.
    init(holds: Bool = false) { self.holds = holds }

    var now: Instant { Instant(offset: state.withLock { $0.now }) }
    var minimumResolution: Duration { .nanoseconds(1) }
    /// All waits so far.
    var waits: [Duration] { state.withLock { $0.waits } }
    func advance(by duration: Duration) { state.withLock { $0.now += duration } }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        state.withLock { state in
            state.waits.append(deadline.offset - state.now)
            if !holds { state.now = max(state.now, deadline.offset) }
        }
        while holds, !Task.isCancelled { await Task.yield() }
        try Task.checkCancellation()
    }

    /// This clock and a wall clock that stands at 2026-01-01T00:00:00Z.
    var source: TimeSource { TimeSource(clock: self, unixSeconds: { 1_767_225_600 }) }
}
