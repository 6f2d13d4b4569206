// The standard library that scripts get.

import LuaHost
import Testing

@Suite struct LibraryTests {
    @Test(arguments: [
        "io", "dofile", "loadfile", "string.dump", "os.execute", "os.remove", "debug.getregistry", "debug.sethook",
        "package.loadlib",
    ])
    func isAbsent(name: String) async throws {
        #expect(try await run("print(\(name))") == ["nil"])
    }

    @Test func loadTakesTextOnly() async throws {
        #expect(try await run("print(load('\\27Lua', 'x', 'b')) print(load('return 1 + 1')())").last == "2")
        #expect(try await run("print(select('#', load('\\27Lua')), (load('\\27Lua')))") == ["2\tnil"])
    }

    @Test func printUsesTostring() async throws {
        #expect(
            try await run("print(1, 'a', nil, setmetatable({}, { __tostring = function() return 'T' end }))") == [
                "1\ta\tnil\tT"
            ])
    }

    @Test func aShebangLineIsSkippedAndLinesStillCount() async throws {
        let error = await #expect(throws: ScriptError.self) { try await run("#!/usr/bin/env luath\nerror('x')") }
        #expect(error?.message == "test:2: x")
    }

    @Test func syntaxErrorsNameTheLine() async throws {
        let error = await #expect(throws: ScriptError.self) { try await run("\nlocal = 1") }
        #expect(error?.message.hasPrefix("test:2:") == true)
    }

    @Test func closingInAChainOfClosesEndsWithAnError() async throws {
        let lines = try await run(
            """
            local function chain(n)
              local co = coroutine.create(function()
                local c <close> = setmetatable({}, { __close = function() if n > 0 then chain(n - 1) end end })
                coroutine.yield()
              end)
              coroutine.resume(co)
              local ok, e = coroutine.close(co)
              if not ok then error(e, 0) end
            end
            print(select(2, pcall(chain, 20000)))
            """)
        #expect(lines.first?.contains("100 deep") == true || lines.first?.contains("overflow") == true, "\(lines)")
    }
}
