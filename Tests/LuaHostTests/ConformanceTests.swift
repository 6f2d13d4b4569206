// Scripts print here what they print in the system's Lua, but for differences that are listed with their reasons.

import Foundation
import LuaHost
import Synchronization
import Testing

@Suite(.serialized, .enabled(if: StockLua.isThere, "needs lua5.4, release 5.4.4"))
struct ConformanceTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "conformance")

    struct Script: CustomTestStringConvertible {
        let name: String
        var seed = "1"
        var testDescription: String { "\(name) \(seed)" }
    }
    static let scripts =
        ["coroutines", "language", "load", "patterns", "strings", "tables"].map { Script(name: $0) }
        + ["1", "20", "300", "4000"].map { Script(name: "random_patterns", seed: $0) }

    @Test(arguments: scripts) func printsWhatLuaPrints(script: Script) async throws {
        let file = "\(script.name).lua"
        let expected = try StockLua.output(of: [file, script.seed], in: Self.folder)
        let source = try Data(contentsOf: Self.folder.appending(path: file))
        let printed = try await printed(by: source, chunkName: "@\(file)", arguments: [.string(script.seed)])
        #expect(!expected.isEmpty)
        guard printed != expected else { return }
        let pairs = zip(printed.split(separator: 0x0A), expected.split(separator: 0x0A))
        let (ours, theirs) = try #require(pairs.first { $0 != $1 }, "one prints more lines than the other")
        Issue.record("\(String(decoding: ours, as: UTF8.self)) instead of \(String(decoding: theirs, as: UTF8.self))")
    }

    /// What a script finds in its state, by name.
    static let names = """
        local names = {}
        for name, value in pairs(_G) do
          names[#names + 1] = name
          if type(value) == "table" and name ~= "_G" and name ~= "arg" then
            for field in pairs(value) do names[#names + 1] = name .. "." .. tostring(field) end
          end
        end
        table.sort(names)
        print(table.concat(names, "\\n"))
        """

    /// Files, processes and the insides of the interpreter are not for scripts; `os.exit` and `os.getenv` come with the
    /// program that hosts them.
    static let absent: Set<String> = [
        "arg", "dofile", "loadfile", "string.dump", "io", "io.close", "io.flush",
        "io.input", "io.lines", "io.open", "io.output", "io.popen", "io.read", "io.stderr", "io.stdin", "io.stdout",
        "io.tmpfile", "io.type", "io.write", "os.execute", "os.exit", "os.getenv", "os.remove", "os.rename",
        "os.setlocale", "os.tmpname", "debug.debug", "debug.gethook", "debug.getinfo", "debug.getlocal",
        "debug.getmetatable", "debug.getregistry", "debug.getupvalue", "debug.getuservalue", "debug.setcstacklimit",
        "debug.sethook", "debug.setlocal", "debug.setmetatable", "debug.setupvalue", "debug.setuservalue",
        "debug.upvalueid", "debug.upvaluejoin", "package.config", "package.cpath", "package.loadlib", "package.path",
        "package.preload", "package.searchers", "package.searchpath",
    ]

    @Test func hasTheNamesOfLuaExceptTheseAbsentOnes() async throws {
        let stock = Set(lines(try StockLua.output(of: ["-e", Self.names])))
        let ours = Set(lines(try await printed(by: Data(Self.names.utf8), chunkName: "=names")))
        #expect(stock.subtracting(ours).subtracting(Self.absent) == [])
        #expect(ours.subtracting(stock) == [])
    }

    struct Difference: CustomTestStringConvertible {
        let code: String
        let ours: String
        let stock: String
        let why: String
        var testDescription: String { code }
    }
    static let differences = [
        Difference(
            code: "print(load('\\27Lua', 'b', 'b'))", ours: "nil\tattempt to load a binary chunk (mode is 't')",
            stock: "nil\tb: bad binary format (truncated chunk)",
            why: "crafted bytecode breaks the interpreter, so `load` takes text only, whatever mode is asked for"),
        Difference(
            code: "print(pcall(setmetatable, {}, { __gc = true }) == true)", ours: "false", stock: "true",
            why: "finalizers run where nothing can stop them"),
        Difference(
            code: "print(getmetatable('') == false)", ours: "true", stock: "false",
            why: "a script must not change what the host's strings do"),
        Difference(
            code: "print(#string.pack((' '):rep(70000)), 'packed')",
            ours: "", stock: "0\tpacked",
            why: "a format is walked through in C, so it has a longest length"),
    ]

    @Test(arguments: differences) func differsFromLuaOnPurpose(difference: Difference) async throws {
        #expect(lines(try StockLua.output(of: ["-e", difference.code])).joined() == difference.stock)
        let ours = (try? await printed(by: Data(difference.code.utf8), chunkName: "=code")) ?? Data()
        #expect(lines(ours).joined() == difference.ours, "\(difference.why)")
    }

    private func lines(_ printed: Data) -> [String] {
        printed.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }

    private func printed(by source: Data, chunkName: String, arguments: [LuaValue] = []) async throws -> Data {
        let sink = Sink()
        let runtime = try LuaRuntime { sink.write($0) }
        _ = try await runtime.run(Array(source), chunkName: chunkName, arguments: arguments)
        return sink.bytes
    }

    /// Keeps what is printed byte for byte.
    private final class Sink: Sendable {
        private let written = Mutex(Data())
        func write(_ bytes: UnsafeRawBufferPointer) { written.withLock { $0.append(contentsOf: bytes) } }
        var bytes: Data { written.withLock { $0 } }
    }
}
