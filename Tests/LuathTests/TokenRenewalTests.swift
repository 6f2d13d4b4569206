// A token that runs out in the middle of a run: one new one, for everybody who waits.

import Auth0API
import Auth0Client
import DemoTenant
import Foundation
import LuaHost
import Luath
import Synchronization
import Testing

@Suite struct TokenRenewalTests {
    @Test func aTokenThatExpiresInMidListIsRenewedOnceForAllCallsInFlight() async throws {
        // By the tenant's clock an hour passes in the middle; the client's clock does not notice, as after a suspend.
        let requests = Mutex(0), start = Date()
        var options = DemoTenant.Options()
        options.tokenLifetime = .seconds(600)
        options.users = 60
        options.now = {
            let count = requests.withLock { count in
                count += 1
                return count
            }
            return count > 40 ? start.addingTimeInterval(3_600) : start
        }
        let tenant = try await DemoTenant.start(options)
        let printed = Printed()
        var host = ScriptHost(
            tenant: TenantSettings(
                domain: tenant.url,
                credentials: .clientCredentials(id: tenant.clientID, secret: tenant.clientSecret.reveal())))
        host.print = { printed.write($0) }
        let code = """
            local management, tasks = require("auth0").management, require "tasks"
            local function count()
              local seen, number = {}, 0
              for client in management.clients.list { per_page = 2 } do
                assert(not seen[client.client_id])
                seen[client.client_id] = true
                number = number + 1
              end
              return number
            end
            local total = management.clients.list({ per_page = 1 }).total
            for _, number in ipairs(tasks.map({ 1, 2, 3, 4, 5, 6, 7, 8 }, count, { concurrency = 8 })) do
              assert(number == total, number)
            end
            print "all"
            """
        try await host.run(Script(source: Array(code.utf8), name: "renewal"))
        let log = await tenant.requests()
        await tenant.close()
        #expect(printed.lines == ["all"])
        #expect(log.count { $0.path == "/oauth/token" } == 2)
        #expect(log.contains { $0.status == 401 })
        #expect(log.allSatisfy { [200, 401].contains($0.status) })
    }

    @Test func aTokenNearItsEndIsRenewedOnceBeforeItIsRefused() async throws {
        var options = DemoTenant.Options()
        options.tokenLifetime = .seconds(600)
        options.users = 60
        let tenant = try await DemoTenant.start(options)
        let clock = SteppingClock()
        let transport = try HTTPTransport(ConnectionOptions())
        var host = ScriptHost(
            tenant: TenantSettings(
                domain: tenant.url,
                credentials: .clientCredentials(id: tenant.clientID, secret: tenant.clientSecret.reveal())))
        host.options.transport = transport
        host.options.time = TimeSource(clock: clock)
        // The moment when the script prints is the one when ten minutes are over.
        host.print = { _ in clock.advance(by: .seconds(600)) }
        let code = """
            local management, tasks = require("auth0").management, require "tasks"
            local ids = {}
            for client in management.clients.list { per_page = 10 } do table.insert(ids, client.client_id) end
            print "ten minutes later"
            local clients = tasks.map(ids, function(id) return management.clients.get(id) end, { concurrency = 16 })
            assert(#clients == #ids)
            """
        try await host.run(Script(source: Array(code.utf8), name: "renewal"))
        let log = await tenant.requests()
        await tenant.close()
        #expect(log.count { $0.path == "/oauth/token" } == 2)
        #expect(log.allSatisfy { $0.status == 200 })
    }

    /// Stands still until it is told to go on.
    private final class SteppingClock: Clock {
        struct Instant: InstantProtocol {
            var offset: Duration
            func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
            func duration(to other: Instant) -> Duration { other.offset - offset }
            static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
        }
        private let state = Mutex(Duration.zero)
        var now: Instant { Instant(offset: state.withLock { $0 }) }
        var minimumResolution: Duration { .nanoseconds(1) }
        func advance(by duration: Duration) { state.withLock { $0 += duration } }
        func sleep(until deadline: Instant, tolerance: Duration?) async throws {
            while now < deadline {
                try Task.checkCancellation()
                await Task.yield()
            }
        }
    }
}
