// Calls from Lua: what is refused before anything is sent, what is sent, and what comes back.

import Auth0API
import Auth0Client
import Foundation
import LuaHost
import Luath
import ScriptedServer
import Testing

@Suite struct CallTests {
    @Test(arguments: [
        (#"management.clients.updat("x", {})"#, "no operation 'clients.updat' (did you mean 'clients.update'"),
        (#"management.client.list()"#, "no operation 'client' (did you mean"),
        (#"management.clients.update("x", { nam = "y" })"#, "unknown field 'nam'"),
        (#"management.clients.update("x", { name = "y" }, { timout = 3 })"#, "unknown option 'timout'"),
        (#"management.clients.update("x", {}, {}, 1)"#, "too many arguments"),
        (#"management.clients.update(nil, {})"#, "'id' is missing"),
        (#"management.clients:get("x")"#, "with a dot, not a colon"),
        (#"management.roles:create({ name = "x" })"#, "with a dot, not a colon"),
        (#"management.clients.get({})"#, "'id' must be a text"),
        (#"management.clients.create()"#, "the request is missing (required: name)"),
        (#"management.clients.create({ description = "x" })"#, "'name' is missing"),
        (#"management.clients.create({ name = "x", app_type = "spaa" })"#, "did you mean 'spa'"),
        (#"management.clients.create("x")"#, "the request must be a table"),
        (#"management.log_streams.create("x")"#, "the request must be a table"),
        (#"management.hooks.secrets.create("x", "y")"#, "the request must be a table"),
        (#"management.branding.templates.update_universal_login(5)"#, "the request must be a text or a table"),
        (#"management.clients.create({ name = "x", callbacks = { "a", nil, "c" } })"#, "'callbacks'"),
        (#"management.clients.create({ name = 0/0 })"#, "'name'"),
        (#"management.users.delete("..")"#, "climb"),
        (#"management.users.get("")"#, "is empty"),
        (#"management.users.get(".")"#, "climb"),
        (#"management.users.list({ page = 0 }, { timeout = -1 })"#, "'timeout' must be"),
        (#"management.users.list({ page = 0 }, { headers = { ["X Y"] = "y" } })"#, "bad name"),
        (#"management.users.get("x", { timeout = 3 })"#, "options are the last argument"),
        (#"management.guardian.policies.set({ "nonsense" }, 3)"#, "options must be a table"),
        (
            #"auth0.ManagementClient { domain = "other.auth0.com", token = "x" }.users.get("x")"#,
            "--allow-net=other.auth0.com"
        ),
        (#"auth0.ManagementClient { domian = "other.auth0.com", token = "x" }"#, "did you mean 'domain'"),
        (
            #"auth0.ManagementClient { domain = "tenant.auth0.com", token = "x", headers = { [1] = "x" } }"#,
            "headers must be"
        ),
        (
            #"auth0.ManagementClient { domain = "tenant.auth0.com", token = "x", timeout = "soon" }"#,
            "'timeout' must be"
        ),
        (#"management.clients.x = 1"#, "cannot be changed"),
    ]) func refusesBeforeAnythingIsSent(code: String, message: String) async throws {
        let transport = ScriptedTransport { _, _ in .json("{}") }
        let lines = try await run(
            """
            local auth0 = require "auth0"
            local management = auth0.management
            local ok, problem = pcall(function() \(code.hasPrefix("auth0.") ? "return " : "")\(code) end)
            print(ok, problem)
            """, transport)
        #expect(lines.first?.hasPrefix("false") == true && lines.first?.contains(message) == true, "\(lines)")
        #expect(transport.requests.isEmpty)
    }

    @Test func splitsARequestIntoQueryAndBody() async throws {
        let transport = ScriptedTransport { _, _ in .json(#"{"connections":[]}"#) }
        _ = try await run(
            """
            local management = require("auth0").management
            management.clients.create { name = "x", callbacks = {}, client_metadata = {}, jwt_configuration = { scopes = {} } }
            management.hooks.secrets.delete("id", { "a", "b" })
            management.branding.templates.update_universal_login("<html>")
            management.users.list_users_by_email { email = "a b+c@x.com" }
            management.users.update("auth0|1/2")
            management.connections.list { strategy = { "auth0", "google-oauth2" } }
            """, transport)
        let sent = transport.requests.map {
            "\($0.method) \($0.url.dropFirst(31)) \(String(decoding: $0.body ?? [], as: UTF8.self))"
        }
        #expect(
            sent == [
                #"POST /clients {"callbacks":[],"client_metadata":{},"jwt_configuration":{"scopes":{}},"name":"x"}"#,
                #"DELETE /hooks/id/secrets ["a","b"]"#,
                #"PUT /branding/templates/universal-login "<html>""#,
                #"GET /users-by-email?email=a%20b%2Bc%40x.com "#,
                #"PATCH /users/auth0%7C1%2F2 {}"#,
                #"GET /connections?strategy=auth0&strategy=google-oauth2&take=100 "#,
            ])
    }

    @Test func errorsHaveTheFieldsOfTheContract() async throws {
        let body =
            #"{"statusCode":429,"error":"Too Many Requests","message":"Slow down","errorCode":"too_many_requests"}"#
        let transport = ScriptedTransport { _, _ in .json(body, status: 429, headers: [("retry-after", "7")]) }
        let lines = try await run(
            """
            local ok, e = pcall(require("auth0").management.users.get, "x")
            print(e.name, e.kind, e.status_code, e.code, e.message, e.operation, e.attempts, e.retry_after)
            print(e.body.errorCode, e.raw_response.status, e.raw_response.headers["retry-after"], e.traceback ~= nil)
            """, transport)
        #expect(
            lines == [
                "TooManyRequestsError\tapi\t429\ttoo_many_requests\tSlow down\tusers.get\t1\t7.0",
                "too_many_requests\t429\t7\ttrue",
            ])
    }

    @Test(arguments: [
        (#"{"a":"#, "ParseError"), ("<html>Bad gateway</html>", "ParseError"), ("[18446744073709551615]", "ParseError"),
    ]) func anAnswerThatCannotBeReadIsAParseError(body: String, name: String) async throws {
        let transport = ScriptedTransport { _, _ in .json(body) }
        let lines = try await run(
            "local ok, e = pcall(require('auth0').management.users.get, 'x') print(e.name, e.kind, e.operation)",
            transport)
        #expect(lines == ["\(name)\tparse\tusers.get"])
    }

    @Test(arguments: [
        ("users.get('x')", "application/json", "", "nil"), ("users.get('x')", "", "", "nil"),
        ("users.get('x')", "application/json", "[]", "[]"), ("users.get('x')", "", #"{"a":{}}"#, #"{"a":{}}"#),
        ("users.get('x')", "application/json", "null", "null"), ("users.get('x')", "text/json", #""é""#, #""é""#),
        ("users.get('x')", "application/problem+json", "false", "false"),
        ("users.get('x')", "text/plain", "hello", "ParseError"),
        ("users.delete('x')", "application/json", #"{"a":[]}"#, #"{"a":[]}"#),
        ("users.delete('x')", "text/plain", "Accepted", #""Accepted""#),
        ("users.delete('x')", "text/html", "<html>", "ParseError"),
        ("users.delete('x')", "application/json", "{", "ParseError"),
    ]) func givesWhateverTheAnswerHolds(call: String, type: String, body: String, result: String) async throws {
        let transport = ScriptedTransport { request, _ in
            APIResponse(
                status: 200, headers: Headers(type.isEmpty ? [] : [("content-type", type)]), body: Array(body.utf8),
                url: request.url)
        }
        let lines = try await run(
            """
            local ok, result, response = pcall(function() return require("auth0").management.\(call) end)
            print(ok and (result == nil and "nil" or require("json").encode(result)) or result.name)
            print(ok and response.status or result.status_code)
            """, transport)
        #expect(lines == [result, "200"])
    }

    @Test func aListAsksForNoPageTooMany() async throws {
        let transport = ScriptedTransport { request, _ in
            let page = request.url.contains("page=1&") || request.url.hasSuffix("page=1") ? 1 : 0
            return .json(
                #"{"start":\#(page * 2),"limit":2,"length":2,"total":4,"roles":[{"id":"\#(page)a"},{"id":"\#(page)b"}]}"#
            )
        }
        let lines = try await run(
            """
            local page = require("auth0").management.roles.list { per_page = 2 }
            for role in page do io = (io or "") .. role.id end
            print(io, page.total, page:has_next_page(), page:get_next_page():has_next_page())
            """, transport)
        #expect(lines == ["0a0b1a1b\t4\ttrue\tfalse"])
        #expect(transport.requests.count == 3)
    }

    @Test func waitsAsToldAndCountsTheAttempts() async throws {
        let limited = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 2\r\n\r\n{}"
        let fine = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"user_id\":\"x\"}"
        try await ScriptedServer.with([.send(limited)], [.send(limited)], [.send(fine)]) { server in
            let printed = Printed()
            var host = ScriptHost(
                tenant: TenantSettings(domain: "http://127.0.0.1:\(server.port)", credentials: .token(Secret("tok"))))
            host.print = { printed.write($0) }
            let code =
                "local user, response = require('auth0').management.users.get('x') print(user.user_id, response.attempts)"
            try await host.run(Script(source: Array(code.utf8), name: "test"))
            #expect(printed.lines == ["x\t3"])
            #expect(server.requests.count == 3)
        }
    }

    @Test func anAbortSignalEndsACallInFlight() async throws {
        try await ScriptedServer.with([]) { server in
            let printed = Printed()
            var host = ScriptHost(
                tenant: TenantSettings(domain: "http://127.0.0.1:\(server.port)", credentials: .token(Secret("tok"))))
            host.print = { printed.write($0) }
            let code = """
                local auth0, tasks = require "auth0", require "tasks"
                local controller = auth0.AbortController()
                tasks.spawn(function() tasks.sleep(0.05) controller:abort() end)
                local ok, e = pcall(auth0.management.users.get, "x", nil, { abort_signal = controller.signal })
                print(ok, e.kind)
                """
            try await host.run(Script(source: Array(code.utf8), name: "test"))
            #expect(printed.lines == ["false\tcancelled"])
        }
    }

    @Test func aStalledBodyIsATimeout() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
        try await ScriptedServer.with([.send(head)]) { server in
            let printed = Printed()
            var host = ScriptHost(
                tenant: TenantSettings(domain: "http://127.0.0.1:\(server.port)", credentials: .token(Secret("tok"))))
            host.print = { printed.write($0) }
            let code = """
                local ok, e = pcall(require("auth0").management.users.get, "x", nil, { timeout = 0.3, max_retries = 0 })
                print(e.name, e.kind, e.hint ~= nil)
                """
            try await host.run(Script(source: Array(code.utf8), name: "test"))
            #expect(printed.lines == ["TimeoutError\ttimeout\ttrue"])
        }
    }
}
