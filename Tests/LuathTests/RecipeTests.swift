// The recipes that ship: all embedded, each with help, each working on a demo tenant.

import Auth0API
import DemoTenant
import Foundation
import LuaHost
import Luath
import Testing

@Suite struct RecipeTests {
    @Test func allFilesAreEmbedded() throws {
        let folder = Command.root.appending(path: "scripts/recipes")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".lua") }
        #expect(BuiltInRecipes.names == files.map { String($0.dropLast(4)) }.sorted())
        for name in BuiltInRecipes.names {
            #expect(BuiltInRecipes.source(name) == Array(try Data(contentsOf: folder.appending(path: "\(name).lua"))))
        }
    }

    @Test(arguments: BuiltInRecipes.names) func describesItself(name: String) async throws {
        let host = ScriptHost { throw LuaError.argument("no tenant") }
        let script = Script(source: BuiltInRecipes.source(name) ?? [], name: name)
        let description = try #require(await host.description(of: script))
        #expect(description.name == name)
        let scopes = try #require(description.scopes)
        #expect(!description.summary.isEmpty && !scopes.isEmpty)
        #expect(description.parameters.allSatisfy { !$0.help.isEmpty })
        let known = Set(Catalog.shared.operations(in: .management).flatMap(\.scopes))
        #expect(scopes.allSatisfy { known.contains($0) })
    }

    /// Runs recipes against one demo tenant.
    private func withTenant(
        _ body: (_ tenant: DemoTenant, _ run: (String, [String], Permissions) async throws -> [String]) async throws ->
            Void
    ) async throws {
        let tenant = try await DemoTenant.start()
        let settings = TenantSettings(
            domain: tenant.url,
            credentials: .clientCredentials(id: tenant.clientID, secret: tenant.clientSecret.reveal()))
        try await body(tenant) { name, arguments, permissions in
            let printed = Printed()
            var host = ScriptHost(tenant: settings)
            host.print = { printed.write($0) }
            host.permissions = permissions
            let code = BuiltInRecipes.source(name) ?? Array(name.utf8)
            try await host.run(Script(source: code, name: "recipe", arguments: arguments.map { .string($0) }))
            return printed.lines
        }
        await tenant.close()
    }

    @Test func renamesClients() async throws {
        try await withTenant { tenant, run in
            let lines = try await run("rename-clients", ["--match", "^test-", "--replace", "qa-"], Permissions())
            #expect(lines.filter { $0.contains(" -> qa-") }.count >= 10)
            let again = try await run("rename-clients", ["--match", "^test-", "--replace", "qa-"], Permissions())
            #expect(!again.contains { $0.contains(" -> ") })
            let writes = await tenant.requests().filter { $0.method == "PATCH" }
            #expect(writes.count == lines.filter { $0.contains(" -> ") }.count)
        }
    }

    @Test func updatesAClientByWayOfAFile() async throws {
        try await withFolder { folder in
            try await withTenant { tenant, run in
                var permissions = Permissions()
                permissions.readablePaths = [folder.path]
                permissions.writablePaths = [folder.path]
                let file = folder.appending(path: "client-data.json").path
                let id = try #require(
                    try await run(
                        "for c in require('auth0').management.clients.list() do if c.name:find('^test') then print(c.client_id) end end",
                        [], Permissions()
                    ).first)
                _ = try await run("get-client", ["--client-id", id, "--out", file], permissions)
                let saved = try String(contentsOfFile: file, encoding: .utf8)
                #expect(!saved.contains("\"client_secret\"") && saved.contains("\n"))
                _ = try await run("update-client", ["--file", file], permissions)
                #expect(await tenant.requests().filter { $0.method == "PATCH" }.isEmpty)
                let edited = saved.replacing(/"name": "[^"]*"/, with: #""name": "Renamed by hand""#)
                try edited.write(toFile: file, atomically: true, encoding: .utf8)
                _ = try await run("update-client", ["--file", file], permissions)
                #expect(await tenant.requests().filter { $0.method == "PATCH" }.count == 1)
                #expect(
                    try await run("print(require('auth0').management.clients.get((...)).name)", [id], Permissions())
                        == ["Renamed by hand"])
                try #"{"statusCode":403,"name":"Forbidden"}"#.write(toFile: file, atomically: true, encoding: .utf8)
                await #expect(throws: ScriptError.self) {
                    try await run("update-client", ["--file", file], permissions)
                }
                #expect(await tenant.requests().filter { $0.method == "PATCH" }.count == 1)
            }
        }
    }

    @Test func updatesARule() async throws {
        try await withTenant { tenant, run in
            let name = try #require(
                try await run(
                    "for r in require('auth0').management.rules.list() do print(r.name) end", [], Permissions()
                ).first)
            _ = try await run("update-rule", ["--name", name, "--enabled", "false"], Permissions())
            #expect(await tenant.requests().filter { $0.method == "PATCH" }.count == 1)
            let state = try await run(
                "for r in require('auth0').management.rules.list() do if r.name == ... then print(r.enabled) end end",
                [name], Permissions())
            #expect(state == ["false"])
        }
    }

    @Test func findsUsersByEmail() async throws {
        try await withTenant { _, run in
            let email = try #require(
                try await run(
                    "print(require('auth0').management.users.list { per_page = 1 }.data[1].email)", [], Permissions()
                ).first)
            let lines = try await run("users-by-email", ["--email", email], Permissions())
            #expect(lines.contains { $0.contains("|") })
        }
    }
}
