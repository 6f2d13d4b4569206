// Library functions that a plain Lua runs for minutes, or lets scripts misuse. Beside each: what happened without its guard.

import LuaHost
import Testing

/// One at a time: each keeps a thread busy.
@Suite(.serialized) struct HostileLibraryTests {
    @Test(
        "a pattern that tries everything is ended",
        arguments: [
            #"("a"):rep(400), ".-.-.-.-b""#,  // more than 150 s
            #"("a"):rep(40), ("a?"):rep(30) .. ("a"):rep(30) .. "b""#,  // more than 100 s
            #"("a"):rep(300), ("a+"):rep(150) .. "b""#,  // for ever
            #"("a"):rep(100000), "x?[" .. ("b"):rep(100000) .. "]""#,  // 10 s: a step for each member of the set
            #"("a"):rep(100000), "%f[" .. ("b"):rep(100000) .. "]""#,  // the same
            #"("("):rep(100000), "%b()""#,  // 5 s: each parenthesis is searched to the end
            #"("a"):rep(100000), "(.*)%1b""#,  // 10 s: long comparisons at each place
        ])
    func endsAPatternThatTriesEverything(arguments: String) async throws {
        #expect(
            try await run(
                """
                local ok, e = pcall(string.find, \(arguments))
                print(ok, e.name, e.kind, e.message:match("^pattern matching took more than %d+ steps") ~= nil)
                """) == ["false\tLimitError\tlimit\ttrue"])
    }

    @Test(arguments: ["find(s, p)", "match(s, p)", "gsub(s, p, '')", "gmatch(s, p)()", "find(s, '^' .. p)"])
    func everyPatternFunctionHasTheBudget(call: String) async throws {
        #expect(
            try await run(
                """
                local s, p = ("a"):rep(400), ".-.-.-.-b"
                print(select(2, pcall(function() return string.\(call) end)).name)
                """) == ["LimitError"])
    }

    @Test func aMessageNamesTheBeginningOfALongPattern() async throws {
        let error = await #expect(throws: ScriptError.self) {
            try await run(#"return ("a"):rep(300):find(("a+"):rep(150) .. "b")"#)
        }
        #expect(error?.kind == "limit")
        #expect(
            error?.message.contains("'a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+...'") == true, "\(error?.message ?? "")")
    }

    @Test func onePassOverALongTextIsWithinTheBudget() async throws {
        let lines = try await run(
            """
            local text = ("key = value; "):rep(100000)
            print(select(2, text:gsub("(%w+)%s*=%s*(%w+)", "%2=%1")), #text:gsub("%s+", ""), (text:find("%d")))
            """)
        #expect(lines == ["100000\t1000000\tnil"])
    }

    /// The replacement is walked through for each match: 10^11 steps.
    @Test func aReplacementCountsAsSteps() async throws {
        #expect(
            try await run(
                #"print(select(2, pcall(string.gsub, ("y"):rep(100000), "(x*)", ("%1"):rep(1000000))).name)"#)
                == ["LimitError"])
    }

    @Test(arguments: [
        (#"print((""):rep(2000000000, "") == "")"#, "true"),  // 4 s of copying nothing; 10 h for 2^53
        (#"print((""):rep(1 << 53) == "")"#, "true"),
        (#"print(select(2, pcall(string.rep, "x", 10000000000)))"#, "resulting string too large"),
        (#"print(select(2, pcall(table.unpack, {}, 1, 10000000)))"#, "too many results to unpack"),
        (
            #"print(select(2, pcall(string.byte, ("x"):rep(10000000), 1, -1)))"#,
            "stack overflow (string slice too long)"
        ),
        // A step for each character: 1 s for 200 MB, several for os.date.
        (#"print((select(2, pcall(string.pack, (" "):rep(100000))):match("format too long")))"#, "format too long"),
        (#"print((select(2, pcall(string.packsize, ("x"):rep(100000))):match("format too long")))"#, "format too long"),
        (
            #"print((select(2, pcall(string.unpack, (" "):rep(100000), "")):match("format too long")))"#,
            "format too long"
        ),
        (#"print((select(2, pcall(os.date, ("%t"):rep(100000))):match("format too long")))"#, "format too long"),
        // 10^14 comparisons where each place has the first character
        (#"print((("a"):rep(10000000):find(("a"):rep(5000000) .. "b", 1, true)))"#, "nil"),
    ])
    func isDoneAtOnce(code: String, printed: String) async throws {
        #expect(try await run(code) == [printed])
    }

    /// A finalizer runs with hooks off: a loop in one hung the host.
    @Test func aFinalizerIsRefused() async throws {
        let message = "a metatable with __gc is refused: finalizers are not available; use <close>"
        #expect(
            try await run(
                """
                print(pcall(setmetatable, {}, { __gc = function() while true do end end }))
                print(pcall(setmetatable, {}, { __gc = false }))
                local metatable = setmetatable({}, { __index = { __gc = print } })
                print(pcall(setmetatable, {}, metatable) == true)
                """) == ["false\t\(message)", "false\t\(message)", "true"])
    }

    @Test func aFinalizerThatIsAddedLaterDoesNotRun() async throws {
        #expect(
            try await run(
                """
                local metatable = {}
                for _ = 1, 100 do setmetatable({}, metatable) end
                metatable.__gc = function() print("ran") end
                collectgarbage()
                collectgarbage()
                print(pcall(setmetatable, {}, metatable) == false)
                """) == ["true"])
    }

    /// Every table that the host gave this metatable would have been finalized by the script's function.
    @Test func aMetatableOfTheHostGetsNoFinalizer() async throws {
        let output = Output()
        let runtime = try LuaRuntime { output.write($0) }
        try await runtime.withStack { stack in
            try stack.pushTable()
            try stack.pushCopy(-1)
            try stack.keep("probe")
            try stack.setGlobal("metatable")
            try stack.push(
                HostFunction("make") { call in
                    try call.stack.pushTable()
                    try call.stack.setKeptMetatable("probe")
                    return .values(1)
                })
            try stack.setGlobal("make")
        }
        let code = """
            metatable.__gc = function() print("ran") end
            for _ = 1, 100 do make() end
            collectgarbage()
            print(getmetatable(make()) == metatable, rawget(metatable, "__gc"))
            """
        _ = try await runtime.run(Array(code.utf8), chunkName: "=test")
        #expect(output.lines == ["true\tnil"])
    }

    @Test func sharedMetatablesAreOutOfReach() async throws {
        #expect(
            try await run(
                """
                local json = require "json"
                local _, problem = pcall(host.bad)
                print(getmetatable(""), getmetatable(json.array {}), getmetatable(json.object {}), getmetatable(problem))
                print(pcall(setmetatable, problem, {}))
                -- A list may still get a metatable of its own.
                print(getmetatable(setmetatable(json.array {}, { __metatable = "mine" })))
                print(("x").rep == string.rep)
                """)
                == ["false\tfalse\tfalse\tfalse", "false\tcannot change a protected metatable", "mine", "true"])
    }

    /// Bytecode that the mode, or a function that gives it in pieces, let through crashed the process.
    @Test func bytecodeIsNeverLoaded() async throws {
        let lines = try await run(
            """
            local function pieces(...)
              local list, i = { ... }, 0
              return function() i = i + 1 return list[i] end
            end
            for _, mode in ipairs { "b", "bt", "t", "tb" } do
              print((load("\\27LuaT", "x", mode)), (load(pieces("\\27", "LuaT"), "x", mode)))
            end
            """)
        #expect(lines == Array(repeating: "nil\tnil", count: 4))
    }
}
