// Cancellation reaches a task wherever it is, is caught nowhere, and lets clean-up run for a while.

import LuaHost
import Testing

@Suite struct CancellationTests {
    @Test(arguments: [
        "pcall(host.never)",
        "xpcall(host.never, debug.traceback)",
        "coroutine.resume(coroutine.create(host.never))",
        "pcall(coroutine.wrap(host.never))",
        "pcall(function() local ok, e = pcall(host.never) error('another') end)",
        "pcall(pcall, pcall, host.never)",
        "xpcall(host.never, function() return 'another' end)",
        "pcall(function() local c <close> = setmetatable({}, { __close = function() error('another') end }) host.never() end)",
        """
        local co = coroutine.create(function()
          local c <close> = setmetatable({}, { __close = function() error('another') end })
          coroutine.yield()
        end)
        coroutine.resume(co)
        local c <close> = setmetatable({}, { __close = function() coroutine.close(co) print('on') end })
        host.never()
        """,
    ]) func isCaughtNowhere(script: String) async throws {
        let output = Output()
        let error = try await cancelled("print('start') \(script) print('on')", output)
        #expect(error.name == "CancelledError" && error.kind == "cancelled")
        #expect(output.lines == ["start"])
    }

    @Test(arguments: [
        "while true do end", "while true do pcall(function() while true do end end) end",
        "while true do coroutine.wrap(function() while true do end end)() end",
        "while true do host.now(1) end", "while true do host.echo(1) end",
    ]) func reachesCodeThatIsBusy(script: String) async throws {
        let output = Output()
        let error = try await cancelled(
            """
            local c <close> = setmetatable({}, { __close = function() print('closed') end })
            print('start') \(script)
            """, output)
        #expect(error.kind == "cancelled")
        #expect(output.lines == ["start", "closed"])
    }

    @Test func closesWhatEveryTaskHasOpen() async throws {
        let output = Output()
        _ = try await cancelled(
            """
            for i = 1, 3 do
              task.start(task.current(), false, function()
                local c <close> = setmetatable({}, { __close = function(_, e) print(i, e and e.name) end })
                host.never()
              end)
            end
            print('start')
            host.never()
            """, output)
        #expect(output.lines.count == 4)
    }

    @Test func cleanUpThatGoesOnForEverIsStopped() async throws {
        var limits = LuaLimits()
        limits.grace = .milliseconds(100)
        let output = Output()
        let error = try await cancelled(
            """
            local c <close> = setmetatable({}, { __close = function() print('closing') while true do end end })
            print('start')
            host.never()
            """, output, limits: limits)
        #expect(error.kind == "cancelled")
        #expect(output.lines == ["start", "closing"])
    }

    @Test func beforeTheRunStartsNothingOfItRuns() async throws {
        let output = Output()
        let runtime = try LuaRuntime(interruption: .tested) { output.write($0) }
        let running = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await runtime.run(Array("print('on')".utf8), chunkName: "=test")
        }
        let error = await #expect(throws: ScriptError.self) { try await running.value }
        #expect(error?.kind == "cancelled")
        #expect(output.lines.isEmpty)
    }

    @Test func aTaskThatIsNotCancelledCatchesAsEver() async throws {
        let lines = try await run(
            """
            local number = task.start(task.current(), false, function() host.never() end)
            host.echo(1)
            print(pcall(error, 'x', 0))
            local co = coroutine.create(error)
            print(coroutine.resume(co, 'y'))
            host.exit(0)
            """)
        #expect(lines == ["false\tx", "false\ty"])
    }

    /// Runs a script and cancels it once it has printed something.
    private func cancelled(_ source: String, _ output: Output, limits: LuaLimits = LuaLimits()) async throws
        -> ScriptError
    {
        let runtime = try LuaRuntime(limits: limits, interruption: .tested) { output.write($0) }
        try await runtime.addTestFunctions()
        let running = Task { try await runtime.run(Array(source.utf8), chunkName: "=test") }
        while output.lines.isEmpty { await Task.yield() }
        running.cancel()
        let error = await #expect(throws: ScriptError.self) { try await running.value }
        return try #require(error)
    }
}
