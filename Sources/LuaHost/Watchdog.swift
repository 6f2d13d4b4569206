// One thread for the whole process that looks after all runs: a script in a loop cannot look at a clock itself.

@preconcurrency import Dispatch
import Synchronization

/// Interrupts scripts whose time is over. Sleeps while no script runs and no deadline is near.
final class Watchdog: Sendable {
    static let shared = Watchdog()

    private let watches = Mutex<[ObjectIdentifier: RunWatch]>([:])
    private let wakeUp = DispatchSemaphore(value: 0)

    private init() {
        startThread(stackBytes: 256 << 10) { [self] in
            while true { loop() }
        }
    }

    func add(_ watch: RunWatch) {
        watches.withLock { $0[ObjectIdentifier(watch)] = watch }
        wake()
    }

    /// The watch is not looked at any more when this returns.
    func remove(_ watch: RunWatch) { watches.withLock { $0[ObjectIdentifier(watch)] = nil } }

    func wake() { wakeUp.signal() }

    private func loop() {
        let now = RunClock.Instant.now
        let next = watches.withLock { watches in watches.values.compactMap { $0.check(at: now) }.min() }
        guard let next else { return wakeUp.wait() }
        // Not more often than every 2 ms, however many runs there are.
        let (seconds, fraction) = max(next - now, .milliseconds(2)).components
        // In short steps, as a semaphore follows the system's clock, which may be set.
        let nanoseconds = seconds >= 1 ? 1_000_000_000 : Int(fraction / 1_000_000_000)
        _ = wakeUp.wait(timeout: .now() + .nanoseconds(nanoseconds))
    }
}
