// A client with a fetcher: what the script's function sees, what it may change, and what it may not.

import Auth0API
import Auth0Client
import Foundation
import LuaHost
import Luath
import Testing

@Suite struct FetcherTests {
    private static func script(_ fetcher: String, _ rest: String) -> String {
        """
        local auth0, json = require "auth0", require "json"
        local client = auth0.ManagementClient {
          domain = "tenant.auth0.com", token = "tok", headers = { ["X-Mine"] = "1" }, fetcher = \(fetcher),
        }
        \(rest)
        """
    }

    @Test func seesTheRequestAndTheAnswerButNotTheToken() async throws {
        let transport = ScriptedTransport { _, _ in .json(#"{"name":"y"}"#) }
        let lines = try await run(
            Self.script(
                """
                function(request, fetch)
                  print(request.method, request.url, request.body, request.headers["X-Mine"], request.headers.Authorization)
                  local answer = fetch(request)
                  print(answer.status, answer.body, answer.headers["content-type"])
                  return answer
                end
                """,
                """
                local result, response = client.clients.update("a/b", { name = "y" })
                print(result.name, response.status)
                """), transport)
        #expect(
            lines == [
                "PATCH\thttps://tenant.auth0.com/api/v2/clients/a%2Fb\t{\"name\":\"y\"}\t1\tnil",
                "200\t{\"name\":\"y\"}\tapplication/json", "y\t200",
            ])
        #expect(transport.requests[0].authorization?.reveal() == "Bearer tok")
    }

    @Test func mayChangeRequestAndAnswer() async throws {
        let transport = ScriptedTransport { _, _ in .json(#"{"name":"y"}"#) }
        let lines = try await run(
            Self.script(
                """
                function(request, fetch)
                  request.headers["X-More"] = "2"
                  request.headers["Authorization"] = "Bearer mine"
                  request.body = json.encode { name = "changed" }
                  local answer = fetch(request)
                  answer.body = json.encode { name = "answered" }
                  return answer
                end
                """, "print(client.clients.update(\"a\", { name = \"y\" }).name)"), transport)
        #expect(lines == ["answered"])
        let sent = transport.requests[0]
        #expect(String(decoding: sent.body ?? [], as: UTF8.self) == #"{"name":"changed"}"#)
        #expect(sent.headers["X-More"] == "2")
        #expect(sent.authorization?.reveal() == "Bearer tok")
    }

    @Test func answersWithoutTheNetwork() async throws {
        let transport = ScriptedTransport { _, _ in .json("{}") }
        let lines = try await run(
            Self.script(
                "function(request) return { status = 404, body = '{\"message\":\"none\",\"errorCode\":\"e\"}' } end",
                """
                local ok, e = pcall(client.clients.get, "a")
                print(ok, e.name, e.status_code, e.code, e.message)
                """), transport)
        #expect(lines == ["false\tNotFoundError\t404\te\tnone"])
        #expect(transport.requests.isEmpty)
    }

    @Test func seesEveryPageOfAList() async throws {
        let transport = ScriptedTransport { request, _ in
            .json(#"{"total":3,"clients":[\#(request.url.contains("page=0") ? "{},{}" : "{}")]}"#)
        }
        let lines = try await run(
            Self.script(
                "function(request, fetch) print(request.url:match '[?&](page=%d)') return fetch(request) end",
                "for client in client.clients.list { per_page = 2 } do print 'item' end"), transport)
        #expect(lines == ["page=0", "item", "item", "page=1", "item"])
    }

    @Test(arguments: [
        ("request.url = 'https://evil.example/api/v2/clients/a'", "--allow-net=evil.example"),
        ("request.url = 'https://tenant.auth0.com.evil.example/x'", "--allow-net=tenant.auth0.com.evil.example"),
        ("request.url = 'http://evil.example/x'", "plain http"),
        ("request.method = 'DELETE'", "--allow-delete"), ("request.method = 'FROB'", "'method' must be one of"),
        ("request.body = {}", "'body' must be a text"), ("request.headers = 'x'", "headers must be a table"),
    ]) func whatItChangesNeedsPermissionAnew(change: String, message: String) async throws {
        let transport = ScriptedTransport { _, _ in .json("{}") }
        let lines = try await run(
            Self.script(
                "function(request, fetch) \(change) return fetch(request) end", "print(pcall(client.clients.get, 'a'))"),
            transport
        ) { $0.permissions.allowsDelete = false }
        #expect(lines.first?.contains(message) == true, "\(lines)")
        #expect(transport.requests.isEmpty)
    }

    @Test func whatWasPermittedIsNoPermissionForAnotherPath() async throws {
        let transport = ScriptedTransport { _, _ in .json("{}") }
        let lines = try await run(
            Self.script(
                """
                function(request, fetch)
                  request.url = "https://tenant.auth0.com/api/v2/clients/abc/rotate-secret"
                  return fetch(request)
                end
                """, "print(pcall(client.custom_domains.test, 'a'))"), transport
        ) { $0.permissions.isReadOnly = true }
        #expect(lines.first?.contains("this run is read-only") == true, "\(lines)")
        #expect(transport.requests.isEmpty)
    }

    @Test func theTokenStaysWithTheTenant() async throws {
        let transport = ScriptedTransport { _, _ in .json(#"{"a":1}"#) }
        _ = try await run(
            Self.script(
                "function(request, fetch) request.url = 'https://other.example/x' return fetch(request) end",
                "client.clients.get 'a'"), transport
        ) { $0.permissions.hosts = ["other.example"] }
        #expect(transport.requests.map(\.url) == ["https://other.example/x"])
        #expect(transport.requests[0].authorization == nil)
    }

    @Test(arguments: ["nil", "'x'", "{}", "{ status = 'x' }", "{ status = 200, body = {} }"])
    func anAnswerThatIsNoneIsAnError(answer: String) async throws {
        let lines = try await run(
            Self.script("function() return \(answer) end", "print(pcall(client.clients.get, 'a'))"),
            ScriptedTransport { _, _ in .json("{}") })
        #expect(lines.first?.contains("the fetcher's answer:") == true, "\(lines)")
    }
}
