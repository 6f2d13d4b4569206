// A script that loops, grows or hides from its end is stopped, says where it was, and leaves the process as it was.

import LuaHost
import Testing

@Suite struct LimitsTests {
    /// Ways to loop for ever, each in a place where something might catch the error that ends it.
    static let loops = [
        "while true do end",
        "::again:: goto again",
        "repeat local x = 1 until false",
        "for i = 1, math.huge do end",
        "local function f() return f() end f()",
        "while true do pcall(error) end",
        "while true do pcall(function() while true do end end) end",
        "local function f() pcall(f) return f() end f()",
        "xpcall(function() while true do end end, function() while true do end end)",
        "xpcall(error, function() while true do end end)",
        "xpcall(function() while true do end end, coroutine.wrap(function() while true do end end))",
        "while true do xpcall(function() while true do end end, debug.traceback) end",
        "coroutine.wrap(function() while true do end end)()",
        "while true do coroutine.resume(coroutine.create(function() while true do end end)) end",
        "local co = coroutine.create(function() while true do coroutine.yield() end end) while true do coroutine.resume(co) end",
        "print(setmetatable({}, { __index = function() while true do end end }).x)",
        "tostring(setmetatable({}, { __tostring = function() while true do end end }))",
        "while true do pcall(host.text, setmetatable({}, { __tostring = function() while true do end end })) end",
        "table.sort({ 3, 2, 1 }, function() while true do end end)",
        "local s = ('x'):gsub('x', function() while true do end end)",
        "load(function() while true do end end)",
        "local c <close> = setmetatable({}, { __close = function() while true do end end }) while true do end",
        "local c <close> = setmetatable({}, { __close = function() while true do pcall(error) end end }) while true do end",
        "coroutine.wrap(function() local c <close> = setmetatable({}, { __close = function() while true do end end }) while true do end end)()",
        """
        local co = coroutine.create(function()
          local c <close> = setmetatable({}, { __close = function() while true do end end })
          coroutine.yield()
        end)
        coroutine.resume(co) coroutine.close(co)
        """,
        "local function deep(n) local c <close> = setmetatable({}, { __close = function() while true do end end }) if n > 0 then deep(n - 1) end while true do end end deep(150)",
        "task.start(task.current(), false, function() while true do end end) host.never()",
        "for i = 1, 20 do task.start(task.current(), false, function() while true do pcall(function() while true do end end) end end) end host.never()",
        "host.echo(1) while true do end",
        "while true do pcall(host.now, 1) end",
    ]

    @Test(arguments: loops) func aLoopIsInterrupted(script: String) async throws {
        let error = try await stopped(script) { $0.busyTime = .milliseconds(100) }
        #expect(error.name == "BusyError" && error.kind == "limit", "\(error)")
        #expect(error.message.contains("0.1 seconds") && error.message.contains("--max-busy"))
        #expect(error.position?.hasPrefix("test:") == true)
        #expect(try await run("print(1)") == ["1"])
    }

    @Test(arguments: loops) func aHookThatStandsDoesTheSame(script: String) async throws {
        let error = try await stopped(script, interruption: .standingHook) { $0.busyTime = .milliseconds(100) }
        #expect(error.name == "BusyError", "\(error)")
    }

    @Test func theErrorNamesTheLine() async throws {
        let error = try await stopped("local x = 1\n\nwhile true do\nend") { $0.busyTime = .milliseconds(50) }
        #expect(["test:3", "test:4"].contains(error.position))
        #expect(error.traceback.contains("test:"))
    }

    @Test(arguments: [
        "while true do end", "host.never()", "while true do host.echo(1) end", "pcall(host.never) host.never()",
        "while true do pcall(host.never) end", "task.hold()", "coroutine.wrap(host.never)()",
        "xpcall(host.never, function() while true do end end)",
        "local c <close> = setmetatable({}, { __close = function() host.never() end }) host.never()",
        "local c <close> = setmetatable({}, { __close = function() while true do pcall(host.never) end end }) host.never()",
        "for i = 1, 100 do task.start(task.current(), false, host.never) end host.never()",
    ]) func aDeadlineEndsTheRun(script: String) async throws {
        let error = try await stopped(script + " local t = 1 while true do t = host.echo(t) end") {
            $0.deadline = .milliseconds(150)
        }
        // Tasks that wait for nothing are noticed before.
        #expect(error.name == (script == "task.hold()" ? "DeadlockError" : "DeadlineError"), "\(error)")
    }

    @Test(arguments: [
        "local t = {} for i = 1, 1e9 do t[i] = i end",
        "local t = {} while true do t = { t } end",
        "local t = {} for i = 1, 1e9 do t['k' .. i] = true end",
        "local s = 'x' while true do s = s .. s end",
        "local s = 'x' while true do s = ('%s%s'):format(s, s) end",
        "local t = {} while true do t[#t + 1] = ('x'):rep(1000000) .. #t end",
        "return ('x'):rep(1000000000)",
        "while true do pcall(string.rep, 'x', 1000000000) end",
        "while true do coroutine.resume(coroutine.create(function() return ('x'):rep(1000000000) end)) end",
        "local t = {} for i = 1, 1e9 do t[i] = coroutine.create(print) end",
        "local t = {} while true do t[#t + 1] = function() return t end end",
        "local function f() local ok, e = pcall(string.rep, 'x', 1000000000) return f() end f()",
        "local t = {} while true do pcall(function() while true do t[#t + 1] = {} end end) end",
        "xpcall(string.rep, function() while true do end end, 'x', 1000000000) local t = {} while true do t = { t } end",
    ]) func memoryHasACap(script: String) async throws {
        let error = try await stopped(script) { $0.memoryBytes = 16 << 20 }
        #expect(error.name == "MemoryError" && error.kind == "limit", "\(error)")
        #expect(error.message.contains("16 MiB") && error.message.contains("--max-memory"))
        #expect(error.position == "test:1")
        #expect(try await run("print(1)") == ["1"])
    }

    @Test func aScriptMayDoWithLessMemoryOnce() async throws {
        var limits = LuaLimits()
        limits.memoryBytes = 16 << 20
        #expect(
            try await run("print(pcall(string.rep, 'x', 1000000000)) print(#('x'):rep(1000))", limits: limits)
                == ["false\tnot enough memory", "1000"])
    }

    @Test func whatIsCollectedCanBeUsedAgain() async throws {
        var limits = LuaLimits()
        limits.memoryBytes = 8 << 20
        #expect(
            try await run("for i = 1, 200 do local s = ('x'):rep(1000000) .. i end print('done')", limits: limits)
                == ["done"])
    }

    @Test func tasksAreCounted() async throws {
        let error = try await stopped("for i = 1, 1000000 do pcall(task.start, task.current(), false, host.never) end") { $0.tasks = 50 }
        #expect(error.name == "TaskLimitError" && error.message.contains("50 tasks"))
        #expect(try await run("for i = 1, 49 do task.start(task.current(), false, host.echo, i) end print('done')") == ["done"])
    }

    @Test func callsInFlightAreCounted() async throws {
        let error = try await stopped("for i = 1, 100 do task.start(task.current(), false, function() pcall(host.never) end) end") {
            $0.callsInFlight = 20
        }
        #expect(error.name == "CallLimitError" && error.message.contains("20 calls"))
    }

    @Test func outputIsCounted() async throws {
        let error = try await stopped("while true do pcall(print, ('x'):rep(100)) end") { $0.outputBytes = 1 << 10 }
        #expect(error.name == "OutputLimitError" && error.message.contains("1 KiB"))
        #expect(error.position == "test:1")
    }

    @Test func exitDoesNotHideALimit() async throws {
        let error = try await stopped(
            "local c <close> = setmetatable({}, { __close = function() host.exit(0) end }) while true do end"
        ) { $0.busyTime = .milliseconds(50) }
        #expect(error.name == "BusyError")
    }

    @Test func timeIsCountedFromTheLastWait() async throws {
        var limits = LuaLimits()
        limits.busyTime = .milliseconds(400)
        let lines = try await run(
            "for i = 1, 10 do host.stay(50) host.echo(i) end print('done')", limits: limits)
        #expect(lines == ["done"])
    }

    @Test func aFunctionThatDoesNotStopIsLeftBehind() async throws {
        let error = try await stopped("\nhost.stay(4000)") { $0.busyTime = .milliseconds(50) }
        #expect(error.name == "WedgedError" && error.kind == "limit")
        if LuaInterruption.tested != .standingHook { #expect(error.position == "test:2") }
        #expect(try await run("print(1)") == ["1"])
    }

    @Test(arguments: [
        "print(select(2, pcall(function() local function f() return 1 + f() end f() end)))",
        "local function f(n) return coroutine.wrap(function() return f(n + 1) end)() end print(select(2, pcall(f, 1)))",
        "local t = {} for i = 1, 300 do t = setmetatable({}, { __index = function(_, k) return t0[k] end }) t0 = t end print(select(2, pcall(function() return t.x end)))",
        "local function f() return pcall(f) and error('no') end print(select(2, pcall(f)))",
        "local s = ('('):rep(300) .. ('local x = '):rep(1) print(load('return ' .. s))",
    ]) func deepRecursionIsAnErrorToCatch(script: String) async throws {
        let lines = try await run("\(script) print('on')")
        #expect(lines.last == "on")
    }

    @Test func aDeepChainOfIndexTablesIsAnError() async throws {
        let lines = try await run(
            """
            local t = {}
            for i = 1, 1000000 do t = setmetatable({}, { __index = t }) end
            print((select(2, pcall(function() return t.x end))))
            """)
        #expect(lines.first?.contains("__index") == true)
    }

    @Test func tenThousandRunsLeaveNothingBehind() async throws {
        for _ in 0..<200 { _ = try await run("return 1") }
        let before = Usage.now
        for number in 0..<50 {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        for _ in 0..<50 {
                            try await run("local t = {} for i = 1, 100 do t[i] = {} end host.echo(\(number))")
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        let after = Usage.now
        #expect(after.threads <= before.threads + 20)
        #expect(after.descriptors <= before.descriptors + 20)
        #expect(after.residentBytes <= before.residentBytes + 64 << 20)
    }
}
