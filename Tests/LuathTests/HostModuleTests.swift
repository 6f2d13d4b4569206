// Modules that a Swift program gives to its scripts: their values, functions and errors, and what runs do not share.

import Auth0API
import Auth0Client
import LuaHost
import Luath
import Synchronization
import Testing

@Suite struct HostModuleTests {
    private struct StoreError: Error { let password = "hunter22" }
    private struct Refusal: LuaErrorConvertible {
        var luaError: LuaError {
            LuaError(name: "RefusedError", kind: "permission", message: "not yours", fields: [("owner", "ann")])
        }
    }
    private struct Item: Codable {
        var sku: String
        var count: Int
    }

    private var host: ScriptHost {
        var host = ScriptHost()
        host.modules["inventory"] = HostModule(
            functions: [
                .sync("label") { "item \(try $0.string(1))" },
                .sync("count") { .integer(Int64($0.count)) },
                .sync("double") { arguments in
                    var item = try arguments.decode(1, as: Item.self)
                    item.count *= 2
                    return try LuaValue(encoding: item)
                },
                .async("slow") { arguments in
                    await Task.yield()
                    return arguments[1]
                },
                .async("fail") { arguments in
                    switch arguments[1] {
                    case "lua": throw LuaError.argument("no such item", hint: "try another")
                    case "own": throw Refusal()
                    case "cancelled": throw CancellationError()
                    default: throw StoreError()
                    }
                },
                .sync("fail_now") { _ in throw StoreError() },
                .sync("odd") { _ in .opaque("file") },
                .async("never") { _ in
                    try await Task.sleep(for: .seconds(3600))
                    return nil
                },
            ],
            values: ["warehouse": "north", "limits": ["daily": 500]])
        return host
    }

    private func values(_ code: String, _ arguments: LuaValue...) async throws -> [LuaValue] {
        try await host.run(Script("local inventory = require 'inventory' " + code, arguments: arguments)).values
    }

    @Test func argumentsGoInAndResultsComeOut() async throws {
        #expect(
            try await values("return ...", 1, "two", ["three": [3]], nil, true) == [
                1, "two", ["three": [3]], nil, true,
            ])
        #expect(try await values("return arg[0], arg[2].x", 1, ["x": 5]) == ["script", 5])
    }

    @Test(
        arguments: [
            ("return inventory.warehouse, inventory.limits.daily", ["north", 500]),
            ("return inventory.label('a'), inventory.label(7 .. '')", ["item a", "item 7"]),
            ("return inventory.count(), inventory.count(nil), inventory.count(1, nil, 3, nil)", [0, 1, 4]),
            ("return inventory.double({ sku = 'x', count = 4 })", [["sku": "x", "count": 8]]),
            ("return inventory.slow({ 1, { 2 } }), inventory.slow()", [[1, [2]], nil]),
            ("local f = coroutine.wrap(function() coroutine.yield(inventory.slow('co')) end) return f()", ["co"]),
            ("return require('tasks').map({ 1, 2, 3 }, inventory.slow)", [[1, 2, 3]]),
            ("return require('inventory') == inventory", [true]),
        ] as [(String, [LuaValue])]) func worksAsAScriptExpects(code: String, results: [LuaValue]) async throws
    {
        #expect(try await values(code) == results)
    }

    @Test(arguments: [
        ("inventory.label()", "InvalidArgumentError|argument|label: argument 1 must be a text, got nil"),
        ("inventory.double({ sku = 'x' })", "InvalidArgumentError|argument|double: argument 1: 'count' is missing"),
        (
            "inventory.double({ sku = 'x', count = '4' })",
            "InvalidArgumentError|argument|double: argument 1: 'count' must be a whole number, got string"
        ),
        (
            "inventory.double(1)",
            "InvalidArgumentError|argument|double: argument 1 must be a table with names, got number"
        ),
        ("inventory.fail('lua')", "InvalidArgumentError|argument|no such item"),
        ("inventory.fail('own')", "RefusedError|permission|not yours"),
        ("inventory.fail('cancelled')", "CancelledError|cancelled|the task was cancelled"),
        ("inventory.fail()", "HostError|host|the host's function failed (StoreError)"),
        ("inventory.fail_now()", "HostError|host|the host's function failed (StoreError)"),
        ("inventory.odd()", "InvalidArgumentError|argument|a file cannot go to Lua"),
    ]) func errorsAreCaughtInTheScript(call: String, error: String) async throws {
        let results = try await values(
            "local ok, e = pcall(function() \(call) end) return e.name .. '|' .. e.kind .. '|' .. e.message, tostring(e)"
        )
        #expect(results.first?.string == error)
        #expect(results.last?.string?.contains("hunter22") == false)
    }

    @Test func anErrorThatIsNotCaughtKnowsItsLine() async throws {
        let error = await #expect(throws: ScriptError.self) {
            try await host.run(Script("local i = require 'inventory'\n\ni.fail('own')", name: "mine.lua"))
        }
        #expect(error?.kind == "permission" && error?.position == "mine.lua:3")
    }

    @Test func cancellingTheRunCancelsTheFunction() async throws {
        let printed = Printed()
        var host = host
        host.print = { printed.write($0) }
        let running = Task { [host] in
            try await host.run(Script("print('on') require('inventory').never()"))
        }
        while printed.lines.isEmpty { await Task.yield() }
        running.cancel()
        let error = await #expect(throws: ScriptError.self) { try await running.value }
        #expect(error?.kind == "cancelled")
    }

    @Test(arguments: [
        ("auth0", HostModule()), ("env", HostModule()), ("string", HostModule()), ("", HostModule()),
        ("mine", HostModule(functions: [.sync("a") { _ in nil }], values: ["a": 1])),
    ]) func modulesThatCannotBeAreRefused(name: String, module: HostModule) async throws {
        var changed = ScriptHost()
        changed.modules[name] = module
        let host = changed
        let error = await #expect(throws: LuaError.self) { try await host.run(Script("return 1")) }
        #expect(error?.kind == "host")
    }

    @Test func aHostWithoutATenantRunsWhatCallsNoAPI() async throws {
        #expect(try await ScriptHost().run(Script("return 1 + 1")).values == [2])
        let error = await #expect(throws: ScriptError.self) {
            try await ScriptHost().run(Script("require('auth0').management.users.get('x')"))
        }
        #expect(error?.kind == "config")
    }

    @Test func runsShareNothing() async throws {
        let transport = ScriptedTransport { request, _ in .json(#"{"user_id":"x"}"#) }
        let code = """
            local number, inventory = ..., require "inventory"
            assert(shared == nil and inventory.mark == nil and string.mark == nil)
            shared, inventory.mark, string.mark = number, number, number
            require("auth0").management.users.get(inventory.owner .. number)
            require("tasks").sleep(0)
            assert(shared == number and inventory.mark == number and string.mark == number)
            return shared, inventory.next(), inventory.next()
            """
        let results = try await withThrowingTaskGroup(of: [LuaValue].self) { group in
            for number in 0..<50 {
                group.addTask {
                    var host = ScriptHost(
                        tenant: TenantSettings(
                            domain: "tenant\(number).auth0.com", credentials: .token(Secret("token-\(number)"))))
                    host.options.transport = transport
                    let counter = Mutex(0)
                    host.modules["inventory"] = HostModule(
                        functions: [
                            .sync("next") { _ in
                                .integer(
                                    counter.withLock {
                                        $0 += 1
                                        return Int64($0)
                                    })
                            }
                        ], values: ["owner": .string("user\(number)-")])
                    return try await host.run(Script(code, arguments: [.integer(Int64(number))])).values
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(
            results.sorted { $0[0].integer! < $1[0].integer! }
                == (0..<50).map { [LuaValue.integer(Int64($0)), 1, 2] })
        #expect(transport.requests.count == 50)
        for request in transport.requests {
            let number = String(request.url.split(separator: "-").last ?? "")
            #expect(request.url == "https://tenant\(number).auth0.com/api/v2/users/user\(number)-\(number)")
            #expect(request.authorization?.reveal() == "Bearer token-\(number)")
        }
    }

    @Test func requestsAreObservedWithoutTheirSecrets() async throws {
        let transport = ScriptedTransport { request, number in
            number == 2
                ? .json("{}", status: 503)
                : request.url.hasSuffix("/oauth/token")
                    ? .json(#"{"access_token":"tok-secret","expires_in":3600}"#) : .json(#"{"clients":[],"total":0}"#)
        }
        let seen = Mutex<[RequestAttempt]>([])
        var host = ScriptHost(
            tenant: TenantSettings(
                domain: "tenant.auth0.com", credentials: .clientCredentials(id: "cid", secret: "sec-secret")))
        host.options.transport = transport
        host.options.time = TimeSource(clock: ImmediateClock())
        host.options.observe = { attempt in seen.withLock { $0.append(attempt) } }
        try await host.run(Script("require('auth0').management.clients.list { app_type = 'spa' }"))
        let lines = seen.withLock { $0.map { "\($0.operation) \($0.method) \($0.url) \($0.number) \($0.outcome)" } }
        let list = "clients.list GET https://tenant.auth0.com/api/v2/clients"
        #expect(
            lines == [
                "oauth.client_credentials_grant POST https://tenant.auth0.com/oauth/token 1 status(200)",
                "\(list) 1 status(503)", "\(list) 2 status(200)",
            ])
        #expect(seen.withLock { $0.allSatisfy { !"\($0)".contains("secret") && !"\($0)".contains("spa") } })
    }
}

/// A clock whose waits are over at once.
struct ImmediateClock: Clock {
    let minimumResolution = Duration.zero
    var now: ContinuousClock.Instant { ContinuousClock.now }
    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
    }
}
