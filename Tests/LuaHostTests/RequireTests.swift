// `require`: circles, and modules that several tasks require while they wait.

import LuaHost
import Testing

@Suite struct RequireTests {
    /// Runs a script that finds these modules.
    private func run(_ source: String, modules: [String: String]) async throws -> [String] {
        let output = Output()
        let runtime = try LuaRuntime { output.write($0) }
        try await runtime.addTestFunctions()
        try await runtime.withStack { stack in
            try stack.push(
                HostFunction("searcher") { call in
                    let name = call.string(1) ?? ""
                    guard let text = modules[name] else { throw LuaError.argument("module '\(name)' not found") }
                    try call.stack.load(Array(text.utf8), chunkName: "=\(name)")
                    try call.stack.push("from \(name)")
                    return .values(2)
                })
            try stack.keep("searcher")
        }
        _ = try await runtime.run(Array(source.utf8), chunkName: "=test")
        return output.lines
    }

    @Test func aModuleLoadsOnce() async throws {
        #expect(
            try await run(
                "print(require 'm') print(require 'm') print(package.loaded.m) print(require 'n')",
                modules: ["m": "print('loads', ...) return 5", "n": "return nil"])
                == ["loads\tm\tfrom m", "5\tfrom m", "5", "5", "true\tfrom n"])
    }

    /// Without the check the C stack overflowed, with an error that named neither module.
    @Test(arguments: [
        (["a": "require 'a'"], "module 'a' is required while it loads: a → a"),
        (["a": "require 'b'", "b": "require 'a'"], "module 'a' is required while it loads: a → b → a"),
        (
            [
                "a": "require 'x' require 'b'", "x": "return 1", "b": "host.echo(1) require 'c'",
                "c": "return require 'b'",
            ],
            "module 'b' is required while it loads: b → c → b"
        ),
        (
            ["a": "return coroutine.wrap(function() return require 'b' end)()", "b": "require 'a'"],
            "module 'a' is required while it loads: a → b → a"
        ),
    ])
    func aCircleIsAnErrorThatShowsIt(modules: [String: String], message: String) async throws {
        let lines = try await run(
            "print(select(2, pcall(require, 'a'))) print(select(2, pcall(require, 'a')))", modules: modules)
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.hasSuffix(message) }, "\(lines)")
    }

    /// Without the wait each of the tasks loaded a module of its own.
    @Test func aTaskWaitsForAModuleThatAnotherOneLoads() async throws {
        let lines = try await run(
            """
            for i = 1, 3 do task.start(task.current(), false, function() print(i, require "m" == require "m", require "m".value) end) end
            """, modules: ["m": "print 'loads' host.echo(1) host.echo(2) return { value = host.echo(7) }"])
        #expect(lines.sorted() == ["1\ttrue\t7", "2\ttrue\t7", "3\ttrue\t7", "loads"])
    }

    @Test func aModuleThatFailedIsLoadedByTheNextThatWaits() async throws {
        let lines = try await run(
            """
            tries = 0
            for i = 1, 2 do task.start(task.current(), false, function() print(i, pcall(require, "m")) end) end
            """,
            modules: ["m": "tries = tries + 1 host.echo(1) if tries == 1 then error('first', 0) end return tries"])
        #expect(lines == ["1\tfalse\tfirst", "2\ttrue\t2\tfrom m"])
    }

    @Test func aCircleThroughTwoTasksIsAnErrorToo() async throws {
        let lines = try await run(
            """
            task.start(task.current(), false, function() print("a", pcall(require, "a")) end)
            task.start(task.current(), false, function() print("b", pcall(require, "b")) end)
            """, modules: ["a": "host.echo(1) return require 'b'", "b": "host.echo(1) return require 'a'"])
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.contains("is required while it loads: ") }, "\(lines)")
        #expect(lines.contains { $0.hasSuffix("b → a → b") || $0.hasSuffix("a → b → a") }, "\(lines)")
    }

    @Test func aCoroutineThatFailedOrWasClosedLoadsNothingAnyMore() async throws {
        let lines = try await run(
            """
            tries = 0
            local failed = coroutine.create(require)
            print(coroutine.resume(failed, "m"))
            local closed = coroutine.create(require)
            print(coroutine.resume(closed, "m"))
            print(coroutine.close(closed), require "m")
            """,
            modules: [
                "m":
                    "tries = tries + 1 if tries == 1 then error('no', 0) end if tries == 2 then coroutine.yield('in m') end return tries"
            ])
        #expect(lines == ["false\tno", "true\tin m", "true\t3\tfrom m"])
    }
}
