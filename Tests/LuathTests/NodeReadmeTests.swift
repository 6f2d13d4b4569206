// The examples of the official Node SDK's README and EXAMPLES, restated in Lua, run with the real command against one
// demo tenant that they know by AUTH0_DOMAIN, AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET.

import DemoTenant
import Foundation
import Testing

@Suite(.serialized) struct NodeReadmeTests {
    /// Examples of what cannot be called yet.
    private static let notYet: Set = ["fetcher.lua", "import_users.lua", "refresh_token.lua", "sign_up.lua"]

    @Test func everyExampleRuns() async throws {
        let tenant = try await DemoTenant.start()
        let environment = [
            "AUTH0_DOMAIN": tenant.url, "AUTH0_CLIENT_ID": tenant.clientID,
            "AUTH0_CLIENT_SECRET": tenant.clientSecret.reveal(),
        ]
        let scripts = LuaScriptTests.scripts(in: "Tests/lua/node_readme").filter {
            !Self.notYet.contains($0.lastPathComponent)
        }
        #expect(scripts.count > 10)
        for script in scripts {
            let options = try LuaScriptTests.options(of: script) + environment.keys.map { "--allow-env=\($0)" }
            let result = try await Command.luath(["run"] + options + [script.path], environment: environment)
            #expect(result.status == 0, "\(script.lastPathComponent): \(result.errors)")
        }
        await tenant.close()
    }
}
