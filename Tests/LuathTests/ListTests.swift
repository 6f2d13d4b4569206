// Lists: how many requests they take, when, and what happens when a server's paging is broken.

import Auth0API
import Auth0Client
import DemoTenant
import Foundation
import LuaHost
import Luath
import Synchronization
import Testing

@Suite struct ListTests {
    /// Answers lists of so many clients from the query's page and size.
    private static func clients(_ total: Int, _ request: APIRequest) -> APIResponse {
        let query = URLComponents(string: request.url)?.queryItems ?? []
        func number(_ name: String) -> Int { query.first { $0.name == name }?.value.flatMap { Int($0) } ?? 0 }
        let first = number("page") * number("per_page")
        let ids = (first..<max(first, min(total, first + number("per_page")))).map { #"{"client_id":"c\#($0)"}"# }
        return .json(
            #"{"start":\#(first),"limit":\#(number("per_page")),"total":\#(total),"clients":[\#(ids.joined(separator: ","))]}"#
        )
    }

    @Test(.timeLimit(.minutes(1))) func fetchesTheNextPageWhileThisOneIsUsed() async throws {
        // The seventh item's own call is answered only when the second page has been asked for.
        let hasSecondPage = Mutex(false)
        let transport = ScriptedTransport { request, _ in
            if request.url.contains(/[?&]page=1(&|$)/) { hasSecondPage.withLock { $0 = true } }
            if request.method == "PATCH" {
                while request.url.hasSuffix("/c7"), !hasSecondPage.withLock({ $0 }) { usleep(1000) }
                return .json("{}")
            }
            return Self.clients(12, request)
        }
        let lines = try await run(
            """
            local management = require("auth0").management
            local count = 0
            for client in management.clients.list { per_page = 10 } do
              management.clients.update(client.client_id, {})
              count = count + 1
            end
            print(count)
            """, transport)
        #expect(lines == ["12"])
        #expect(transport.requests.count { $0.method == "GET" } == 2)
    }

    @Test func asksForNothingThatIsNotUsed() async throws {
        let transport = ScriptedTransport { request, _ in Self.clients(30, request) }
        _ = try await run(
            """
            local management = require("auth0").management
            for client in management.clients.list { per_page = 10 } do break end
            local page = management.clients.list { per_page = 10, page = 2 }
            for client in page do end
            assert(not page:has_next_page() and page:get_next_page() == nil)
            """, transport)
        #expect(transport.requests.map { $0.url.split(separator: "?")[1].contains("page=2") } == [false, true])
    }

    @Test func aPageWithoutTotalsIsAPage() async throws {
        let transport = ScriptedTransport { request, _ in
            .json(request.url.contains("page=0") ? #"[{"client_id":"a"},{"client_id":"b"}]"# : #"[{"client_id":"c"}]"#)
        }
        let lines = try await run(
            """
            local page = require("auth0").management.clients.list { per_page = 2, include_totals = false }
            print(page.total, #page.data)
            for client in page do print(client.client_id) end
            """, transport)
        #expect(lines == ["nil\t2", "a", "b", "c"])
        #expect(transport.requests.count == 2)
    }

    @Test func cursorsThatGoRoundInCirclesEndTheList() async throws {
        let transport = ScriptedTransport { _, number in
            .json(#"{"connections":[{"id":"c\#(number)"}],"next":"cursor \#(number % 5)"}"#)
        }
        let lines = try await run(
            """
            local count = 0
            local ok, e = pcall(function()
              for connection in require("auth0").management.connections.list() do count = count + 1 end
            end)
            print(ok, e.name, e.kind, e.message, count < 30)
            """, transport)
        #expect(lines.first?.hasPrefix("false\tLimitError\tlimit\tthe list does not end: the cursor 'cursor") == true)
        #expect(lines.first?.hasSuffix("true") == true)
    }

    @Test func pagesThatRepeatEndTheList() async throws {
        let transport = ScriptedTransport { _, _ in
            .json(#"{"start":0,"limit":2,"total":1000,"clients":[{"client_id":"a"},{"client_id":"b"}]}"#)
        }
        let lines = try await run(
            """
            local count = 0
            local ok, e = pcall(function()
              for client in require("auth0").management.clients.list { per_page = 2 } do count = count + 1 end
            end)
            print(ok, count, e)
            """, transport)
        #expect(lines.first?.hasPrefix("false\t2\tLimitError: clients.list: the list does not end") == true, "\(lines)")
    }

    /// Runs `all_users` on a tenant in which so many users were created, a step of time apart.
    private func allUsers(created: Int, apart: Duration) async throws -> [String] {
        let clock = Mutex(Date(timeIntervalSince1970: 1_790_000_000))
        var options = DemoTenant.Options()
        options.now = { clock.withLock { $0 } }
        let tenant = try await DemoTenant.start(options)
        let credentials = Credentials.clientCredentials(id: tenant.clientID, secret: tenant.clientSecret.reveal())
        let client = try ManagementClient(domain: tenant.url, credentials: credentials)
        for number in 0..<created {
            let body =
                #"{"connection":"Username-Password-Authentication","email":"n\#(number)@x.test","password":"P!asw0rd"}"#
            _ = try await client.call("users.create", body: Array(body.utf8))
            clock.withLock { $0 += Double(apart.components.attoseconds) / 1e18 }
        }
        let printed = Printed()
        var host = ScriptHost(tenant: TenantSettings(domain: tenant.url, credentials: credentials))
        host.print = { printed.write($0) }
        let script = """
            local count, seen = 0, {}
            local ok, e = pcall(function()
              for user in require("auth0").all_users() do
                assert(not seen[user.user_id], "twice")
                seen[user.user_id] = true
                count = count + 1
              end
            end)
            print(ok, count, e)
            """
        try await host.run(Script(source: Array(script.utf8), name: "all"))
        await tenant.close()
        return printed.lines
    }

    @Test func allUsersOfOneSecondAreFound() async throws {
        #expect(try await allUsers(created: 1_500, apart: .microseconds(600)) == ["true\t4000\tnil"])
    }

    @Test func moreUsersOfOneMomentThanASearchGivesAreAnErrorThatNamesIt() async throws {
        let line = try #require(try await allUsers(created: 1_001, apart: .zero).first)
        #expect(line.hasPrefix("false"))
        #expect(line.contains("LimitError: all_users: 1,001 users were created at 2026-09-21T"), "\(line)")
        #expect(line.contains("cut this moment further with q"), "\(line)")
    }

    /// Users created so far apart in the last second, listed as the tenant does, some of them deleted on the way.
    private static func moments(_ request: APIRequest, _ users: inout [(id: Int, at: String)]) -> APIResponse {
        let query = URLComponents(string: request.url)?.queryItems ?? []
        func value(_ name: String) -> String { query.first { $0.name == name }?.value ?? "" }
        if request.method == "DELETE" {
            let id = Int(request.url.split(separator: "/").last?.dropFirst() ?? "") ?? -1
            users.removeAll { $0.id == id }
            return APIResponse(status: 204, url: request.url)
        }
        var found = users
        if let range = value("q").firstMatch(of: /created_at:([\[{])(\S+) TO (\S+)\]/) {
            let isOpen = range.1 == "{", from = String(range.2), to = String(range.3)
            found = found.filter { (isOpen ? $0.at > from : $0.at >= from) && (to == "*" || $0.at <= to) }
        }
        let size = Int(value("per_page")) ?? 50, first = (Int(value("page")) ?? 0) * size
        if first + size > 1_000 { return .json(#"{"errorCode":"invalid_paging","message":"no"}"#, status: 400) }
        let total = found.count
        let items = found.dropFirst(first).prefix(size).map { #"{"user_id":"u\#($0.id)","created_at":"\#($0.at)"}"# }
        let list = "[\(items.joined(separator: ","))]"
        return .json(value("include_totals") == "true" ? #"{"total":\#(total),"users":\#(list)}"# : list)
    }

    @Test(arguments: [
        (350, 1, "delete"), (350, 350, "delete"), (350, 7, "delete"), (1_000, 1, "none"), (2_300, 3, "none"),
        (995, 1, "none"), (350, 1, "retry"), (350, 350, "retry"), (250, 2, "delete"),
    ]) func aWalkMissesNobody(count: Int, moments: Int, change: String) async throws {
        let users = Mutex(
            (0..<count).map { number -> (id: Int, at: String) in
                (number, "2026-01-01T00:00:00.\(1000 + number * moments / count)Z")
            })
        let transport = ScriptedTransport { request, number in
            if change == "retry", number == 3 { return .json("{}", status: 500) }
            return users.withLock { Self.moments(request, &$0) }
        }
        let lines = try await run(
            """
            local auth0 = require "auth0"
            local seen, count = {}, 0
            local following = auth0.all_users { per_page = \(count == 995 ? 30 : 100) }
            while true do
              local ok, user = pcall(following)
              if ok then
                if not user then break end
                assert(not seen[user.user_id], "twice")
                seen[user.user_id], count = true, count + 1
                if "\(change)" == "delete" then auth0.management.users.delete(user.user_id) end
              end
            end
            print(count)
            """, transport)
        #expect(lines == ["\(count)"])
    }

    @Test func aServerThatMakesSmallerPagesIsFollowedToTheEnd() async throws {
        let transport = ScriptedTransport { request, _ in
            let page = Int(request.url.firstMatch(of: /[?&]page=(\d+)/)?.1 ?? "0") ?? 0
            let ids = (page * 10..<min(35, page * 10 + 10)).map { #"{"client_id":"c\#($0)"}"# }
            return .json(#"{"start":\#(page * 10),"limit":10,"total":35,"clients":[\#(ids.joined(separator: ","))]}"#)
        }
        let lines = try await run(
            """
            local count = 0
            for client in require("auth0").management.clients.list { per_page = 50 } do count = count + 1 end
            print(count)
            """, transport)
        #expect(lines == ["35"])
        #expect(transport.requests.count == 4)
    }
}
