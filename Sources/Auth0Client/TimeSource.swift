// Where the client gets time from, so that tests decide when a wait is over.

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A clock to measure and wait with, and the date to compare with what servers say.
public struct TimeSource: Sendable {
    /// Time since some fixed moment; never goes back.
    let now: @Sendable () -> Duration
    /// Waits, and throws `CancellationError` at once when the task is cancelled.
    let sleep: @Sendable (Duration) async throws -> Void
    /// UNIX seconds.
    let unixSeconds: @Sendable () -> Double

    /// - Parameters:
    ///   - clock: measures durations and waits.
    ///   - unixSeconds: the wall clock, as seconds since 1970.
    public init(
        clock: some Clock<Duration>,
        unixSeconds: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 }
    ) {
        let start = clock.now
        self.now = { start.duration(to: clock.now) }
        self.sleep = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
        self.unixSeconds = unixSeconds
    }

    /// The machine's own clocks.
    public static let system = TimeSource(clock: ContinuousClock())
}

extension Duration {
    /// For messages: `0.5 s`, `60 s`.
    var text: String {
        let tenths = (self / .milliseconds(100)).rounded()
        return tenths.truncatingRemainder(dividingBy: 10) == 0 ? "\(Int(tenths / 10)) s" : "\(tenths / 10) s"
    }
}
