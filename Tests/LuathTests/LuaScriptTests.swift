// Runs every script of Tests/lua with the real command on the demo tenant.

import Foundation
import Testing

@Suite(.serialized) struct LuaScriptTests {
    static let scripts = try! FileManager.default.contentsOfDirectory(atPath: Command.root.path + "/Tests/lua")
        .filter { $0.hasSuffix(".lua") }.sorted()

    @Test func areThere() { #expect(Self.scripts.count > 15) }

    @Test(arguments: scripts) func runs(script: String) async throws {
        let path = "Tests/lua/\(script)"
        let result = try await Command.luath("run", "--demo", path)
        #expect(result.status == 0, "\(result.errors)")
        let expected = Command.root.appending(path: path.replacing(".lua", with: ".out"))
        if let text = try? String(contentsOf: expected, encoding: .utf8) { #expect(result.output == text) }
    }
}
