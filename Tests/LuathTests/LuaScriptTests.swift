// Runs every script of Tests/lua with the real command on the demo tenant.

import Foundation
import Testing

@Suite(.serialized) struct LuaScriptTests {
    /// The scripts in a folder of the checkout.
    static func scripts(in folder: String) -> [URL] {
        let files = try? FileManager.default.contentsOfDirectory(
            at: Command.root.appending(path: folder), includingPropertiesForKeys: nil)
        return (files ?? []).filter { $0.pathExtension == "lua" }.sorted { $0.path < $1.path }
    }

    /// The options that a script asks for in its first line: `-- luath: --allow-net=127.0.0.1:9`.
    static func options(of script: URL) throws -> [String] {
        let first = try String(contentsOf: script, encoding: .utf8).prefix { !$0.isNewline }
        guard first.hasPrefix("-- luath: ") else { return [] }
        return first.split(separator: " ").dropFirst(2).map(String.init)
    }

    static let all = scripts(in: "Tests/lua").map(\.lastPathComponent)

    @Test func areThere() { #expect(Self.all.count > 15) }

    @Test(arguments: all) func runs(script: String) async throws {
        let path = "Tests/lua/\(script)", file = Command.root.appending(path: path)
        let result = try await Command.luath(["run", "--demo"] + Self.options(of: file) + [path])
        #expect(result.status == 0, "\(result.errors)")
        let expected = file.deletingPathExtension().appendingPathExtension("out")
        if let text = try? String(contentsOf: expected, encoding: .utf8) { #expect(result.output == text) }
    }
}
