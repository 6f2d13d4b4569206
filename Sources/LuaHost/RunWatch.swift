// What other threads know of a run, and what they ask of it.

import CLuaBridge
import Synchronization

/// Joins one run, on its thread, to the watchdog and to whoever cancels it.
final class RunWatch: Sendable {
    struct Request {
        var stop: RunStop
        var level: RunStop.Level
    }

    private struct State {
        var clock: RunClock?
        var request: Request?
        var notify: (@Sendable () -> Void)?
        var abandon: (@Sendable (Request, _ position: String?) -> Void)?
    }

    /// Its functions are for any thread, and the state that it belongs to outlives this object's use.
    private nonisolated(unsafe) let watch: OpaquePointer
    let limits: LuaLimits
    private let state = Mutex(State())
    /// The watchdog does not look at the turns any more and wants to be told of the next one.
    private let isUnwatched = Atomic(true)

    init(state: OpaquePointer, limits: LuaLimits) {
        watch = luath_watch_of(state)
        self.limits = limits
    }

    /// What the run is asked to do.
    var request: Request? { state.withLock { $0.request } }

    // MARK: On the run's thread

    /// - Parameters:
    ///   - notify: has the runtime look at the request.
    ///   - abandon: called when Lua never comes back.
    func begin(
        notify: @escaping @Sendable () -> Void, abandon: @escaping @Sendable (Request, String?) -> Void
    ) {
        luath_watch_begin(watch)
        state.withLock { state in
            state.clock = RunClock(limits: limits, now: .now)
            state.notify = notify
            state.abandon = abandon
            if let request = state.request { state.clock?.end(at: .now, grace: request.stop.grace(limits)) }
        }
        Watchdog.shared.add(self)
    }

    func end() {
        Watchdog.shared.remove(self)
        state.withLock { $0 = State() }
    }

    func enter() {
        luath_enter(watch)
        if isUnwatched.load(ordering: .sequentiallyConsistent) {
            isUnwatched.store(false, ordering: .sequentiallyConsistent)
            Watchdog.shared.wake()
        }
    }

    func leave() { luath_leave(watch) }

    /// The request, when it is new.
    func takeRequest() -> Request? { luath_take_due(watch) ? request : nil }

    /// The run has begun to end by itself.
    func isEnding(_ stop: RunStop) {
        state.withLock { state in
            if state.request == nil { state.request = Request(stop: stop, level: .orderly) }
            state.clock?.end(at: .now, grace: stop.grace(limits))
        }
        Watchdog.shared.wake()
    }

    // MARK: On any thread

    /// Asks the run to end, wherever it is.
    func cancel() {
        state.withLock { state in
            if state.request == nil { state.request = Request(stop: .cancelled, level: .orderly) }
            state.clock?.end(at: .now, grace: limits.grace)
            luath_interrupt(watch)
            state.notify?()
        }
        Watchdog.shared.wake()
    }

    /// Does what is due, and says when to look again; nil is not before something happens.
    func check(at now: RunClock.Instant) -> RunClock.Instant? {
        isUnwatched.store(true, ordering: .sequentiallyConsistent)
        let turn = luath_turn(watch)
        return state.withLock { state in
            guard var clock = state.clock else { return nil }
            let due = clock.due(at: now, turn: turn)
            state.clock = clock
            switch due {
            case .limit(let limit): ask(.limit(limit), .orderly, &state)
            case .force: ask(nil, .forced, &state)
            case .halt: ask(nil, .halted, &state)
            case .locate: luath_locate(watch)
            case .giveUp:
                if let request = state.request {
                    state.abandon?(request, luath_located(watch).map { String(cString: $0) })
                }
            case nil: break
            }
            let isPending = turn % 2 == 1 && luath_is_due(watch)
            // The signal came when no coroutine ran, or to one that had ended.
            if isPending, due == nil { luath_interrupt(watch) }
            if clock.isWatchingTurns { isUnwatched.store(false, ordering: .sequentiallyConsistent) }
            let next = clock.next(after: now)
            return isPending ? min(next ?? .now, now + .milliseconds(10)) : next
        }
    }

    private func ask(_ stop: RunStop?, _ level: RunStop.Level, _ state: inout State) {
        if state.request == nil { state.request = Request(stop: stop ?? .cancelled, level: level) }
        state.request!.level = level
        luath_interrupt(watch)
        state.notify?()
    }
}
