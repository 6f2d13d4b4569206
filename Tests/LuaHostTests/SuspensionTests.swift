// A host call may wait anywhere that Lua can suspend, and says where it cannot.

import LuaHost
import Testing

@Suite struct SuspensionTests {
    @Test(arguments: [
        ("print(host.echo(1))", "1"),
        ("print(pcall(host.echo, 'a'))", "true\ta"),
        ("print(xpcall(host.echo, print, 'a'))", "true\ta"),
        ("print(select('#', host.echo(nil)))", "1"),
        ("local t = setmetatable({}, { __index = function(_, k) return host.echo(k) end }) print(t.x)", "x"),
        ("local t = setmetatable({}, { __call = function(_, k) return host.echo(k) end }) print(t(3))", "3"),
        ("local t = setmetatable({}, { __concat = function(_, k) return host.echo(k) end }) print(t .. 'y')", "y"),
        (
            "local t = setmetatable({}, { __eq = function() return host.echo(true) end }) print(t == setmetatable({}, getmetatable(t)))",
            "true"
        ),
        ("for x in function(_, c) if not c then return host.echo(5) end end do print(x) end", "5"),
        (
            "do local c <close> = setmetatable({}, { __close = function() print(host.echo('closed')) end }) end",
            "closed"
        ),
        (
            "local f = coroutine.wrap(function() coroutine.yield(host.echo(1)) coroutine.yield(host.echo(2)) end) print(f(), f())",
            "1\t2"
        ),
        (
            "local co = coroutine.create(function(a) local b = coroutine.yield(a + host.echo(1)) return host.echo(b) end) print(coroutine.resume(co, 1)) print(coroutine.resume(co, 'z'))",
            "true\t2\ntrue\tz"
        ),
        (
            "local function deep(n) if n == 0 then return host.echo('deep') end return coroutine.wrap(deep)(n - 1) end print(deep(50))",
            "deep"
        ),
        ("print(load('return host.echo(...)')(7))", "7"),
        ("print(pcall(host.bad))", "false\tInvalidArgumentError: wrong argument"),
        (
            "local ok, e = pcall(host.fail) print(ok, e.name, e.kind, e.message, tostring(e))",
            "false\tTestError\tapi\tno luck\tTestError: no luck (try again)"
        ),
        ("local ok, e = pcall(coroutine.wrap(function() host.fail() end)) print(ok, e.name)", "false\tTestError"),
        (
            "local co = coroutine.create(function() host.fail() end) local ok, e = coroutine.resume(co) print(ok, e.name, coroutine.status(co))",
            "false\tTestError\tdead"
        ),
    ]) func works(script: String, output: String) async throws {
        #expect(try await run(script).joined(separator: "\n") == output)
    }

    @Test(arguments: [
        ("table.sort({2, 1}, function(a, b) return host.echo(a) < b end)", "table.sort"),
        ("(('x'):gsub('x', function() return host.echo('y') end))", "string.gsub"),
        ("tostring(setmetatable({}, { __tostring = function() return host.echo('y') end }))", "tostring"),
        (
            "table.sort({2, 1}, function(a, b) return coroutine.wrap(function() return host.echo(a) end)() < b end)",
            "table.sort"
        ),
    ]) func saysWhereItCannot(script: String, place: String) async throws {
        let lines = try await run("local ok, e = pcall(function() return \(script) end) print(e.name, e.message)")
        #expect(lines == ["CannotWaitError\ta call that waits for an answer cannot be made inside \(place)"])
    }

    @Test func errorsCarryATraceback() async throws {
        let lines = try await run(
            """
            local function inner() host.fail() end
            local ok, e = pcall(inner)
            print(e.traceback:match('test:1') ~= nil, e.traceback:match('stack traceback') ~= nil)
            """)
        #expect(lines == ["true\ttrue"])
    }

    @Test func aWaitingCoroutineIsNotResumedTwice() async throws {
        let lines = try await run(
            """
            local co = coroutine.create(function() return host.echo(1) end)
            task.start(task.current(), false, function() print(coroutine.status(co), coroutine.resume(co)) end)
            print(coroutine.resume(co))
            """)
        #expect(lines.sorted() == ["normal\tfalse\tcannot resume non-suspended coroutine", "true\t1"])
    }

    @Test func yieldOutsideACoroutineIsTheUsualError() async throws {
        #expect(
            try await run(
                "print(pcall(coroutine.yield, 1)) print(coroutine.isyieldable(), select(2, coroutine.running()))")
                == ["false\tattempt to yield from outside a coroutine", "false\ttrue"])
    }

    @Test func aThousandTasksWaitAtOnce() async throws {
        let lines = try await run(
            """
            local sum, left = 0, 1000
            local me = task.current()
            for i = 1, 1000 do
              task.start(task.current(), false, function(n) local v = host.echo(n); sum = sum + v; left = left - 1; if left == 0 then task.wake(me) end end, i)
            end
            task.hold()
            print(sum)
            """)
        #expect(lines == ["500500"])
    }

    @Test func waitingForNothingIsAnErrorNotAHang() async throws {
        let error = await #expect(throws: ScriptError.self) { try await run("task.hold()") }
        #expect(error?.name == "DeadlockError")
    }

    @Test func catchingTheDeadlockForEverIsEnded() async throws {
        await #expect(throws: ScriptError.self) { try await run("while true do pcall(task.hold) end") }
    }

    @Test func catchingTheCancellationForEverIsEnded() async throws {
        let error = await #expect(throws: ScriptError.self) {
            try await run("task.cancel(task.current()) while true do pcall(host.echo, 1) end")
        }
        #expect(error?.kind == "cancelled")
    }

    @Test func cancellingTheSwiftTaskEndsTheRun() async throws {
        let output = Output()
        let runtime = try LuaRuntime { output.write($0) }
        try await runtime.addTestFunctions()
        let running = Task {
            try await runtime.run(
                Array(
                    "local c <close> = setmetatable({}, { __close = function() print('closed') end }) print('on') host.never()"
                        .utf8),
                chunkName: "=test")
        }
        while output.lines.isEmpty { await Task.yield() }
        running.cancel()
        let error = await #expect(throws: ScriptError.self) { try await running.value }
        #expect(error?.kind == "cancelled")
        #expect(output.lines == ["on", "closed"])
    }

    @Test func exitClosesWhatIsOpen() async throws {
        #expect(
            try await run(
                """
                task.start(task.current(), false, function()
                  local c <close> = setmetatable({}, { __close = function() print("other") end })
                  host.never()
                end)
                local c <close> = setmetatable({}, { __close = function() print("main", pcall(host.echo, 1)) end })
                host.echo(1)
                host.exit(3)
                """
            ).sorted().map { $0.prefix(10) } == ["main\tfalse", "other"])
    }

    @Test func exitEndsTheRunWithoutUnwinding() async throws {
        let runtime = try LuaRuntime { _ in }
        try await runtime.addTestFunctions()
        let outcome = try await runtime.run(Array("pcall(host.exit, 9) print('never')".utf8), chunkName: "=test")
        guard case .exited(9) = outcome else { Issue.record("\(outcome)"); return }
    }

    @Test func aRuntimeRunsOneScript() async throws {
        let runtime = try LuaRuntime { _ in }
        _ = try await runtime.run([], chunkName: "=test")
        await #expect(throws: LuaError.self) { try await runtime.run([], chunkName: "=test") }
    }

    @Test func theMainChunkWaitsForItsTasks() async throws {
        #expect(
            try await run("task.start(task.current(), false, function() print(host.echo('late')) end) print('main')")
                == ["main", "late"])
    }
}
