// When a run is interrupted, forced and given up, without waiting for it.

import Testing

@testable import LuaHost

@Suite struct RunClockTests {
    private let start = RunClock.Instant.now
    private func after(_ milliseconds: Int) -> RunClock.Instant { start + .milliseconds(milliseconds) }

    private func clock(_ set: (inout LuaLimits) -> Void = { _ in }) -> RunClock {
        var limits = LuaLimits()
        limits.busyTime = .milliseconds(800)
        set(&limits)
        return RunClock(limits: limits, now: start)
    }

    @Test func aTurnThatLastsIsInterrupted() {
        var clock = clock()
        #expect(clock.due(at: after(0), turn: 1) == nil)
        #expect(clock.next(after: after(0)) == after(100))
        #expect(clock.due(at: after(700), turn: 1) == nil)
        #expect(clock.next(after: after(750)) == after(800))
        #expect(clock.due(at: after(800), turn: 1) == .limit(.busyTime))
    }

    @Test func aNewTurnBeginsAnew() {
        var clock = clock()
        #expect(clock.due(at: after(0), turn: 1) == nil)
        #expect(clock.due(at: after(700), turn: 3) == nil)
        #expect(clock.due(at: after(1400), turn: 3) == nil)
        #expect(clock.due(at: after(1500), turn: 3) == .limit(.busyTime))
    }

    @Test func aRunThatWaitsIsNotLookedAtUntilItsDeadline() {
        var clock = clock { $0.deadline = .seconds(60) }
        #expect(clock.due(at: after(0), turn: 2) == nil)
        #expect(clock.due(at: after(100), turn: 2) == nil)
        #expect(clock.next(after: after(100)) == after(60_000))
        #expect(clock.due(at: after(60_000), turn: 2) == .limit(.deadline))
    }

    @Test func withoutLimitsNothingIsDue() {
        var clock = clock { $0.busyTime = nil }
        #expect(clock.due(at: after(10_000_000), turn: 1) == nil)
        #expect(clock.next(after: after(10_000_000)) == nil)
    }

    @Test func theEndGoesOnStepByStep() {
        var clock = clock()
        clock.end(at: after(0), grace: .seconds(2))
        clock.end(at: after(1000), grace: .seconds(2))
        #expect(clock.due(at: after(1999), turn: 1) == nil)
        #expect(clock.due(at: after(2000), turn: 1) == .force)
        #expect(clock.due(at: after(2249), turn: 1) == nil)
        #expect(clock.due(at: after(2250), turn: 1) == .halt)
        #expect(clock.due(at: after(3250), turn: 1) == .locate)
        #expect(clock.due(at: after(3300), turn: 1) == .giveUp)
        #expect(clock.due(at: after(9000), turn: 1) == nil)
        #expect(clock.next(after: after(9000)) == nil)
    }
}
