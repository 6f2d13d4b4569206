// What the tree of tasks promises, whatever a script does: nothing outlives what started it, and nothing is left behind.

import Foundation
import LuaHost
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct TasksTests {
    @Test(arguments: 0..<300) func randomProgramsLeaveNothingBehind(seed: Int) async throws {
        let end = try await Self.run(Self.randomProgram, seed: seed)
        #expect(end.live == 0, "\(end)")
        #expect(end.broken == nil, "\(end)")
        // Timeouts, failures and cancellations are part of the programs; nothing else may come out of them.
        let expected = ["planned", "TimeoutError: after", "CancelledError: the task was cancelled"]
        #expect(end.error.map { error in expected.contains { error.contains($0) } } != false, "\(end)")
    }

    @Test func randomProgramsComeToEveryEnd() async throws {
        var ends: Set<String> = []
        for seed in 0..<300 { ends.insert(try await Self.run(Self.randomProgram, seed: seed).error ?? "finished") }
        for end in ["finished", "planned", "TimeoutError", "CancelledError"] {
            #expect(ends.contains { $0.hasPrefix(end) }, "\(end)")
        }
    }

    @Test(arguments: [
        "tasks.spawn(function(value) return value end, i):await()",
        "local t = tasks.spawn(error, {}) pcall(t.await, t)",
        "local t = tasks.spawn(tasks.sleep, 9) tasks.sleep(1) t:cancel() pcall(t.await, t)",
        "tasks.spawn(tasks.sleep, 0) tasks.sleep(1)",
        "tasks.scope(function(scope) scope:spawn(tasks.sleep, 1) end)",
        "tasks.race(function() tasks.sleep(9) end, function() end)",
        "tasks.timeout(9, tasks.sleep, 0)",
        "semaphore:with(tasks.sleep, 0)",
    ]) func memoryStaysFlat(step: String) async throws {
        let end = try await Self.run(
            """
            local tasks = require "tasks"
            local semaphore = tasks.semaphore(1)
            local function used()
              collectgarbage() collectgarbage()
              return collectgarbage "count"
            end
            local early
            for i = 1, 100000 // (...) do
              \(step)
              if i == 500 then early = used() end
            end
            local late = used()
            if late > early + 20 then broken = ("%.0f KiB, then %.0f"):format(early, late) end
            """, seed: step.contains("spawn(function") ? 1 : 10)
        #expect(end.error == nil && end.broken == nil, "\(end)")
    }

    @Test func aShieldHoldsACancelledRunOnlyForItsGrace() async throws {
        let end = try await Self.run(
            """
            local tasks = require "tasks"
            tasks.spawn(function()
              local close <close> = setmetatable({}, { __close = function()
                tasks.shield(function() tasks.sleep(20) live = live - 1 end)
                tasks.shield(function()
                  local close <close> = setmetatable({}, { __close = function() live = live - 1 end })
                  interrupted = true
                  tasks.sleep(1 << 40)
                end)
              end })
              interrupt()
              tasks.sleep(1 << 40)
            end)
            live = 2
            """, seed: 0, grace: .milliseconds(50))
        #expect(end.error?.hasPrefix("CancelledError") == true)
        #expect(end.live == 0 && end.broken == nil, "\(end)")
    }

    @Test func aRefusedWaitOfManyTasksIsNotTakenForALoop() async throws {
        let end = try await Self.run(
            """
            local tasks = require "tasks"
            live = 500
            local all = tasks.spawn(function()
              for _ = 1, live do
                tasks.spawn(function()
                  local close <close> = setmetatable({}, { __close = function()
                    live = live - 1
                    pcall(tasks.sleep, 1)
                  end })
                  tasks.sleep(1 << 40)
                end)
              end
              tasks.sleep(1 << 40)
            end)
            tasks.sleep(2)
            all:cancel()
            """, seed: 0)
        #expect(end.error == nil && end.live == 0, "\(end)")
    }

    struct End { var error: String?, live: Int?, broken: String? }

    /// Runs a script that counts what is open in the global `live` and names what is wrong in `broken`.
    static func run(_ source: String, seed: Int, grace: Duration = .seconds(2)) async throws -> End {
        var limits = LuaLimits()
        limits.grace = grace
        let runtime = try LuaRuntime(limits: limits) { _ in }
        try await runtime.addTasksModule()
        let running = Mutex<Task<Void, any Error>?>(nil)
        try await runtime.withStack { stack in
            try stack.push(
                HostFunction("interrupt") { _ in
                    running.withLock { $0?.cancel() }
                    return .values(0)
                })
            try stack.setGlobal("interrupt")
            try stack.push(Int64(0))
            try stack.setGlobal("live")
        }
        var end = End()
        let task = Task {
            _ = try await runtime.run(Array(source.utf8), chunkName: "=test", arguments: [.integer(Int64(seed))])
        }
        running.withLock { $0 = task }
        do { try await task.value } catch { end.error = (error as? ScriptError)?.message ?? "\(error)" }
        (end.live, end.broken) = try await runtime.withStack { stack in
            try stack.pushGlobal("live")
            try stack.pushGlobal("broken")
            defer { stack.pop(2) }
            return (stack.integer(-2).map { Int($0) }, stack.string(-1))
        }
        return end
    }
}
