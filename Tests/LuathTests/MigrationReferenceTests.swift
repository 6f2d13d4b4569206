// What `luath api --migrate` shows is true: the call before and the call after send the same request.

import Auth0API
import Auth0Client
import Luath
import Testing

@testable import LuathCLI

@Suite struct MigrationReferenceTests {
    /// `method path body` of each line's request; a line that sends nothing has its error in place of it.
    private func requests(_ lines: [String], module: String) async throws -> [String] {
        let transport = ScriptedTransport { _, _ in .json("{}") }
        var outcomes: [String] = []
        for line in lines {
            let count = transport.requests.count
            let statement = line.replacing(" do … end", with: " do break end")
            let printed = try await run(
                """
                local auth0 = require "\(module)"
                local management, authentication, userinfo = auth0.management, auth0.authentication, auth0.userinfo
                print(select(2, pcall(function() \(statement) end)))
                """, transport
            ) { host in
                host.tenant = {
                    TenantSettings(
                        domain: "tenant.auth0.com", credentials: .token(Secret("tok")), clientID: "app",
                        authentication: .secret(Secret("shh")))
                }
            }
            let sent = transport.requests.dropFirst(count).first
            outcomes.append(
                sent.map {
                    "\($0.method) \($0.url.prefix { $0 != "?" }) \(String(decoding: $0.body ?? [], as: UTF8.self))"
                }
                    ?? "\(line): \(printed)")
        }
        return outcomes
    }

    @Test(arguments: Generation.allCases) func theCallAfterSendsWhatTheCallBeforeSent(_ generation: Generation)
        async throws
    {
        let catalog = LegacyCatalog.shared
        let names = API.allCases.flatMap { api in
            catalog.names(generation, api).compactMap { catalog.name($0, generation, api) }
        }.filter { $0.operation?.body?.encoding != .multipart }
        let examples = names.flatMap { MigrationReference($0).examples }
        #expect(examples.count > 340)
        let before = try await requests(examples.map(\.before), module: generation.module)
        let after = try await requests(examples.map(\.after), module: "auth0")
        for (old, new) in zip(before, after) { #expect(old == new) }
        #expect(before.allSatisfy { $0.contains(" https://tenant.auth0.com/") })
    }
}
