// A recipe's declared scopes are what it can do.

import Auth0API
import Auth0Client
import Foundation
import LuaHost
import Luath
import Testing

@Suite struct RecipeScopesTests {
    private static func recipe(_ scopes: String, _ body: String, before: String = "") -> String {
        """
        local recipe, auth0 = require "recipe", require "auth0"
        local management = auth0.management
        \(before)
        return recipe { name = "r", summary = "s", \(scopes) run = function()
          local ok, e = pcall(function() \(body) end)
          print(ok, e)
        end }
        """
    }

    @Test(arguments: [
        (#"scopes = { "read:clients" },"#, #"management.clients.get "x""#, ""),
        (#"scopes = { "read:client_keys" },"#, #"management.clients.get "x""#, ""),
        (
            #"scopes = { "read:clients" },"#, #"management.clients.update("x", {})"#,
            "declare 'update:clients' in its scopes"
        ),
        (
            #"scopes = { "read:clients" },"#,
            #"management.request { method = "PATCH", path = "/clients/x", body = {} }"#, "'update:clients'"
        ),
        (
            #"scopes = { "read:clients" },"#, #"require("auth0.v2").management.getUser { id = "x" }"#,
            "declare 'read:users'"
        ),
        (
            #"scopes = { "read:clients" },"#, #"management.request { path = "/unknown" }"#,
            "does not know which scope 'GET /unknown' needs"
        ),
        (#"scopes = {},"#, #"management.clients.get "x""#, "declare 'read:clients'"),
        (#"scopes = {},"#, #"auth0.UserInfoClient({ domain = "tenant.auth0.com" }).get_user_info "token""#, ""),
        ("", #"management.clients.update("x", {})"#, ""),
        ("", #"management.request { path = "/unknown" }"#, ""),
    ]) func aRecipeCallsWhatItsScopesCover(scopes: String, body: String, refusal: String) async throws {
        let transport = ScriptedTransport { _, _ in .json("{}") }
        let lines = try await run(Self.recipe(scopes, body), transport)
        #expect(lines.first?.hasPrefix(refusal.isEmpty ? "true" : "false\tPermissionError") == true, "\(lines)")
        #expect(refusal.isEmpty || lines[0].contains(refusal), "\(lines)")
        #expect(transport.requests.count == (refusal.isEmpty ? 1 : 0))
    }

    /// What it does before it says that it is a recipe counts too: else `--help` would show less than it does.
    @Test func whatItCallsWhileItIsLoadedCountsToo() async throws {
        for (call, isCovered) in [(#"management.clients.get "x""#, true), (#"management.users.get "x""#, false)] {
            let source = Self.recipe(#"scopes = { "read:clients" },"#, "", before: "pcall(function() \(call) end)")
            let transport = ScriptedTransport { _, _ in .json("{}") }
            let result = try? await run(source, transport)
            #expect(result == (isCovered ? ["true\tnil"] : nil))
            let host = ScriptHost(tenant: TenantSettings(domain: "tenant.auth0.com", credentials: .token(Secret("t"))))
            let description = await host.description(of: Script(source: Array(source.utf8), name: "r"))
            #expect((description != nil) == isCovered)
        }
    }

    @Test(arguments: [
        (
            "permissions = { read = { 'FILE' }, env = { 'A', 'B' }, delete = true },",
            "Permissions: --allow-read=FILE --allow-env=A --allow-env=B --allow-delete"
        ),
        (
            "permissions = { write = { 'out.json' }, net = { 'h' }, delete = false },",
            "Permissions: --allow-write=out.json --allow-net=h"
        ),
        ("scopes = {},", "Scopes: none"), ("scopes = { 'read:users' },", "Scopes: read:users"),
    ]) func helpShowsWhatItNeeds(fields: String, line: String) async throws {
        let transport = ScriptedTransport { _, _ in .json("{}") }
        #expect(try await run(Self.recipe(fields, ""), transport, arguments: ["--help"]).contains(line))
    }

    @Test(arguments: [
        ("permissions = { reed = {} },", "unknown field 'reed' (did you mean 'read'?)"),
        ("permissions = { read = 'x' },", "'read' must be a table, got string"),
        ("permissions = { read = { 1 } },", "must be a list of texts"),
        ("permissions = { env = { '' } },", "must be a list of texts"),
        ("permissions = { net = { a = 'b' } },", "must be a list of texts"),
        ("permissions = { delete = 'x' },", "'delete' must be a boolean"),
        ("permissions = true,", "'permissions' must be a table"),
        ("scopes = { 1 },", "'scopes' must be a list of texts"),
    ]) func whatItDeclaresHasAForm(fields: String, message: String) async throws {
        let error = await #expect(throws: ScriptError.self) {
            try await run(Self.recipe(fields, ""), ScriptedTransport { _, _ in .json("{}") })
        }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }
}
