// When a run has to be interrupted. A value without a clock of its own, so that tests need no waiting.

/// The times of one run: its deadline, how long Lua has been running, and how its end goes on.
struct RunClock {
    typealias Instant = ContinuousClock.Instant

    /// What has to happen now.
    enum Due: Equatable {
        case limit(LuaLimit)
        /// Time for clean-up is over.
        case force
        /// The interrupted clean-up had its time too.
        case halt
        /// Lua does not come back: asks where it is.
        case locate
        /// It never will.
        case giveUp
    }

    private enum Phase { case running, ending, forced, halted, located, over }

    /// For clean-up after a limit, and for clean-up that is interrupted.
    static let limitGrace: Duration = .milliseconds(250)
    /// Until Lua that was told to halt counts as stuck inside a function.
    static let patience: Duration = .seconds(1)

    private let busyTime: Duration?
    private let deadline: Instant?
    private var phase = Phase.running
    /// The end of the phase, except of the first.
    private var until: Instant
    private var turn: UInt64 = 0
    /// When the turn was first seen.
    private var since: Instant
    private var isActive = false

    init(limits: LuaLimits, now: Instant) {
        busyTime = limits.busyTime
        deadline = limits.deadline.map { now + $0 }
        since = now
        until = now
    }

    /// The run has begun to end.
    mutating func end(at now: Instant, grace: Duration) {
        guard phase == .running else { return }
        phase = .ending
        until = now + grace
    }

    /// - Parameter turn: odd while Lua runs; changes whenever Lua is entered, left, or resumes another task.
    mutating func due(at now: Instant, turn: UInt64) -> Due? {
        let isInLua = turn % 2 == 1
        isActive = isInLua || turn != self.turn
        if turn != self.turn {
            self.turn = turn
            since = now
        }
        guard phase == .running else { return now >= until ? advance(at: now) : nil }
        if let deadline, now >= deadline {
            end(at: now, grace: Self.limitGrace)
            return .limit(.deadline)
        }
        if let busyTime, isInLua, now - since >= busyTime {
            end(at: now, grace: Self.limitGrace)
            return .limit(.busyTime)
        }
        return nil
    }

    private mutating func advance(at now: Instant) -> Due? {
        switch phase {
        case .ending:
            (phase, until) = (.forced, now + Self.limitGrace)
            return .force
        case .forced:
            (phase, until) = (.halted, now + Self.patience)
            return .halt
        case .halted:
            (phase, until) = (.located, now + .milliseconds(50))
            return .locate
        case .located:
            phase = .over
            return .giveUp
        case .running, .over: return nil
        }
    }

    /// When to ask again at the latest; nil when Lua does not run and nothing else is due: once it runs again.
    func next(after now: Instant) -> Instant? {
        guard phase == .running else { return phase == .over ? nil : until }
        guard isActive, let busyTime else { return deadline }
        // A turn that begins after this look is noticed at the next one, so looks must not be far apart.
        let interval = min(max(busyTime / 8, .milliseconds(10)), .milliseconds(250))
        let look = min(now + interval, max(since + busyTime, now))
        return deadline.map { min($0, look) } ?? look
    }

    /// Whether Lua runs, or did since the look before.
    var isWatchingTurns: Bool { isActive }
}
