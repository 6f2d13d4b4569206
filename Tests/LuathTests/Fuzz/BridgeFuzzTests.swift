// Fuzzes the bridge: values go to Lua and come back as they were, whatever is read leaves the stack as it was.

import LuaHost
import Synchronization
import Testing

@Suite struct BridgeFuzzTests {
    @Test func valuesComeBackAsTheyWere() async throws {
        try await Fuzzing.run("valuesComeBackAsTheyWere", seeds: 40) { seed in
            var random = FuzzRandom(seed: seed)
            let values = (0..<20).map { _ in random.value() }
            let runtime = try LuaRuntime { _ in }
            let before = await runtime.withStack { $0.top }
            let outcome = try await runtime.run(Array("return ...".utf8), chunkName: "=fuzz", arguments: values)
            var problems = zip(values, outcome.values).filter { !Self.same($0, $1) }.map { "\($0) became \($1)" }
            if outcome.values.count != values.count { problems.append("\(outcome.values.count) values came back") }
            let after = await runtime.withStack { $0.top }
            if after != before { problems.append("the stack went from \(before) to \(after)") }
            return problems
        }
    }

    /// Tables hold no nils, the last of equal keys counts, and NaN is itself.
    private static func same(_ sent: LuaValue, _ got: LuaValue) -> Bool {
        switch (sent, got) {
        case (.number(let sent), .number(let got)): return sent == got || (sent.isNaN && got.isNaN)
        case (.array(let sent), .array(let got)): return sent.count == got.count && zip(sent, got).allSatisfy(same)
        case (.table(let sent), .table(let got)):
            let sent = Dictionary(sent.map { (Array($0.key.utf8), $0.value) }) { $1 }
            return sent.count == got.count
                && got.allSatisfy { field in sent[Array(field.key.utf8)].map { same($0, field.value) } ?? false }
        default: return sent == got
        }
    }

    @Test func readingLeavesTheStackAsItWas() async throws {
        try await Fuzzing.run("readingLeavesTheStackAsItWas", seeds: 40) { seed in
            var random = FuzzRandom(seed: seed)
            let problems = Mutex<[String]>([])
            let runtime = try LuaRuntime { _ in }
            try await runtime.withStack { stack in
                try stack.push(
                    HostFunction("read") { call in
                        problems.withLock { $0 += Self.read(call) }
                        return .values(0)
                    })
                try stack.setGlobal("read")
            }
            let before = await runtime.withStack { $0.top }
            let calls = (0..<20).map { _ in
                (["read"] + random.list(upTo: 3) { $0.expression() }).joined(separator: ", ")
            }
            let code = """
                local json = package.loaded.json
                local auth0 = setmetatable({}, { __index = function() return {} end, __call = function() return {} end })
                auth0 = { AbortController = function() return {} end, management = { users = { get = print } } }
                local function a_page() return {} end
                local a_task, an_error, an_aborted = a_page, a_page, a_page
                \(calls.map { "pcall(\($0))" }.joined(separator: "\n"))
                return "done"
                """
            let results = try await runtime.run(Array(code.utf8), chunkName: "=fuzz").values
            let after = await runtime.withStack { $0.top }
            return problems.withLock { $0 } + (results == ["done"] ? [] : ["\(results)"])
                + (after == before ? [] : ["the stack went from \(before) to \(after)"])
        }
    }

    /// Everything that a host function may ask of its arguments, also of those that are not there.
    private static func read(_ call: LuaCall) -> [String] {
        var problems: [String] = []
        for position in 1...(call.count + 1) {
            func check(_ what: String, _ body: () throws -> Void) {
                let top = call.stack.top
                try? body()
                if call.stack.top != top { problems.append("\(what) of a \(call.type(position).name) moved the stack") }
                call.stack.pop(call.stack.top - top)
            }
            check("value") { _ = call.value(position) }
            check("shallow value") { _ = call.value(position, depth: 1) }
            check("text") { _ = call.text(position) }
            check("json") { _ = try call.json(position) }
            check("json with lists") { _ = try call.json(position) { _ in true } }
            check("object") { _ = call.object(position, as: String.self) }
            check("parts") {
                _ = (call.string(position), call.bytes(position), call.number(position), call.integer(position))
                _ = (call.isNull(position), call.isLeftOut(position), call.stack.isArray(position))
            }
            check("field") { _ = call.field("name", of: position) }
            guard call.type(position) == .table else { continue }
            check("keys") { _ = (call.keys(of: position), call.length(position)) }
            check("copy") {
                try call.pushCopy(of: position, without: ["name"])
                call.stack.pop()
            }
        }
        return problems
    }
}
