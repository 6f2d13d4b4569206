// The examples of Luath's doc comments, compiled and run as they stand there.

import Auth0API
import Auth0Client
import DemoTenant
import Foundation
import LuaHost
import Luath
import Synchronization
import Testing

private struct Store: Sendable {
    func stock(of item: String) async throws -> Int64 { item == "apples" ? 12 : 0 }
}
private final class Metrics: Sendable {
    let names = Mutex<[String]>([])
    func record(_ name: String, _ duration: Duration) { names.withLock { $0.append(name) } }
}

private func exampleOfAHost(_ domain: String, _ token: Secret, _ store: Store, _ metrics: Metrics) async throws -> Bool?
{
    var host = ScriptHost(tenant: TenantSettings(domain: domain, credentials: .token(token)))
    host.permissions.isReadOnly = true
    host.modules["inventory"] = HostModule(
        functions: [.async("stock") { arguments in .integer(try await store.stock(of: arguments.string(1))) }],
        values: ["warehouse": "north"])
    host.options.observe = { attempt in metrics.record(attempt.operation, attempt.duration) }

    let script = Script("local limit = ... return require('inventory').stock('apples') < limit", arguments: [100])
    let isLow = try await host.run(script).values.first?.boolean
    try await host.run(Script("require('auth0').management.clients.list()"))
    return isLow
}

private func exampleOfAModule(_ host: inout ScriptHost, _ store: Store) {
    host.modules["inventory"] = HostModule(
        functions: [
            .sync("label") { "item \(try $0.string(1))" },
            .async("stock") { .integer(try await store.stock(of: try $0.string(1))) },
        ],
        values: ["warehouse": "north", "limits": ["daily": 500]])
}

@Suite struct HostExamplesTests {
    /// Lines without indentation, so that an example can stand deeper or in a comment.
    private func lines(_ text: some StringProtocol) -> String {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
            .joined(separator: "\n")
    }

    @Test(arguments: ["ScriptHost", "HostModule"]) func theExampleOfADocCommentStandsHere(type: String) throws {
        let here = lines(try String(contentsOfFile: #filePath, encoding: .utf8))
        let file = Command.root.appending(path: "Sources/Luath/\(type).swift")
        let comments = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.hasPrefix("///") }.map { $0.dropFirst(3) }
        let blocks = comments.joined(separator: "\n").split(separator: "```")
        #expect(blocks.count > 1)
        for block in blocks where block.hasPrefix("swift\n") {
            #expect(here.contains(lines(block.dropFirst("swift\n".count))), "\(block)")
        }
    }

    @Test func theExamplesRun() async throws {
        let tenant = try await DemoTenant.start(), metrics = Metrics()
        let token = try await AuthenticationClient(
            domain: tenant.url, clientID: tenant.clientID, credential: .secret(tenant.clientSecret)
        ).clientCredentialsGrant(audience: "\(tenant.url)/api/v2/").accessToken
        #expect(try await exampleOfAHost(tenant.url, token, Store(), metrics) == true)
        #expect(metrics.names.withLock { $0 } == ["clients.list"])
        await tenant.close()

        var host = ScriptHost()
        exampleOfAModule(&host, Store())
        let code = "local i = require 'inventory' return i.label('a'), i.stock('pears'), i.limits.daily"
        #expect(try await host.run(Script(code)).values == ["item a", 0, 500])
    }
}
