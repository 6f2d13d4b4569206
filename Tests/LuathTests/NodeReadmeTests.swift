// The examples of the official Node SDK's README and EXAMPLES, restated in Lua, run with the real command against one
// demo tenant that they know by AUTH0_DOMAIN, AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET.

import Auth0API
import Auth0Client
import DemoTenant
import Foundation
import ScriptedServer
import Testing

@Suite(.serialized) struct NodeReadmeTests {
    @Test func everyExampleRuns() async throws {
        let tenant = try await DemoTenant.start()
        let scripts = LuaScriptTests.scripts(in: "Tests/lua/node_readme")
        #expect(scripts.count > 10)
        for script in scripts { _ = try await Self.run(script, on: tenant) }
        await tenant.close()
    }

    /// The person's part of the flow: the browser goes to the login page and comes back to the application with a code.
    @Test func aPersonLogsInWithACodeAndPKCE() async throws {
        let tenant = try await DemoTenant.start()
        try await ScriptedServer.with([.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]) { application in
            let redirect = "http://127.0.0.1:\(application.port)/callback", email = "pkce@example.com"
            _ = try await Self.makeUser(email, on: tenant)
            let first = try await Self.run(Self.step("pkce.lua"), redirect, email, on: tenant)
            let url = try #require(first.lines.first), verifier = try #require(first.lines.last)
            let browser = try HTTPTransport(ConnectionOptions())
            _ = try await browser.send(APIRequest(method: "GET", url: url), timeout: .seconds(10))
            let callback = RecordedRequest(try #require(application.requests.last))
            #expect(callback.query.contains("state=state%201"))
            let code = try #require(callback.query.first { $0.hasPrefix("code=") }).dropFirst(5)
            _ = try await Self.run(Self.step("pkce.lua"), redirect, email, String(code), verifier, on: tenant)
        }
        await tenant.close()
    }

    /// The person reads the code in a mail; the demo tenant's is always the same.
    @Test func aPersonLogsInWithACodeByEmail() async throws {
        let tenant = try await DemoTenant.start(), email = "passwordless@example.com"
        _ = try await Self.run(Self.step("passwordless.lua"), email, on: tenant)
        _ = try await Self.run(Self.step("passwordless.lua"), email, "000000", on: tenant)
        await tenant.close()
    }

    private static func step(_ name: String) -> URL {
        Command.root.appending(path: "Tests/lua/node_readme/steps/\(name)")
    }

    private static func makeUser(_ email: String, on tenant: DemoTenant) async throws -> APIResponse {
        let client = try ManagementClient(
            domain: tenant.url,
            credentials: .clientCredentials(id: tenant.clientID, secret: tenant.clientSecret.reveal()))
        let user =
            #"{"connection":"Username-Password-Authentication","email":"\#(email)","password":"Correct-Horse-9"}"#
        return try await client.call("users.create", body: Array(user.utf8))
    }

    private static func run(
        _ script: URL, _ arguments: String..., on tenant: DemoTenant
    ) async throws -> Command {
        let environment = [
            "AUTH0_DOMAIN": tenant.url, "AUTH0_CLIENT_ID": tenant.clientID,
            "AUTH0_CLIENT_SECRET": tenant.clientSecret.reveal(),
        ]
        let options = try LuaScriptTests.options(of: script) + environment.keys.map { "--allow-env=\($0)" }
        let result = try await Command.luath(["run"] + options + [script.path] + arguments, environment: environment)
        #expect(result.status == 0, "\(script.lastPathComponent): \(result.errors)")
        return result
    }
}
