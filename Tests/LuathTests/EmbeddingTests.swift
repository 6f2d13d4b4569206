// The example of README's "From Swift", as it stands there.

import DemoTenant
import Foundation
import LuaHost
import Luath
import Testing

func countApplications(_ settings: [String: String]) async throws {
    var host = ScriptHost(tenant: try TenantSettings { settings[$0] })
    host.permissions.isReadOnly = true
    let code = #"print(require("auth0").management.clients.list().total)"#
    try await host.run(Script(source: Array(code.utf8), name: "count"))
}

@Suite struct EmbeddingTests {
    @Test func theExampleIsREADMEs() throws {
        let here = try String(contentsOfFile: #filePath, encoding: .utf8)
        let block = try #require(ReadmeTests.blocks("swift").first)
        #expect(here.contains(block))
    }

    @Test func theExampleRuns() async throws {
        let tenant = try await DemoTenant.start()
        try await countApplications([
            "AUTH0_DOMAIN": tenant.url, "AUTH0_CLIENT_ID": tenant.clientID,
            "AUTH0_CLIENT_SECRET": tenant.clientSecret.reveal(),
        ])
        await tenant.close()
        await #expect(throws: (any Error).self) { try await countApplications([:]) }
    }

    @Test func hostsRunSideBySide() async throws {
        let transport = ScriptedTransport { request, _ in .json("{\"user_id\":\"\(request.url.suffix(2))\"}") }
        let lines = try await withThrowingTaskGroup(of: [String].self) { group in
            for number in 10..<60 {
                group.addTask {
                    try await run("print(require('auth0').management.users.get('\(number)').user_id)", transport)
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(lines.sorted() == (10..<60).map { "\($0)" })
    }
}
