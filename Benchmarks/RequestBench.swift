// A script's requests against a bare AsyncHTTPClient loop on the same server: rate, and CPU of the client process alone.

import AsyncHTTPClient
import Auth0API
import Auth0Client
import Luath
import NIOCore

enum RequestBench {
    static func run() async throws {
        let server = try Server.start(users: 2_500)
        defer { server.stop() }
        let settings = try TenantSettings { server.environment[$0] }
        let token = try await accessToken(settings)
        for inFlight in [1, 10, 50] {
            for (verb, body) in [("GET", nil), ("PATCH", #"{"nickname":"bench"}"#)] as [(String, String?)] {
                let count = inFlight == 1 ? 3_000 : 8_000
                var bare = Figure.worst, script = Figure.worst
                for _ in 0..<3 {
                    bare = min(
                        bare,
                        try await measure(count) { try await bareLoop(settings, token, verb, body, inFlight, count) })
                    script = min(
                        script,
                        try await measure(count) { try await scriptLoop(settings, token, verb, inFlight, count) })
                }
                Report.line(
                    "\(verb) by script, \(inFlight) in flight", script.text, floor: "bare loop \(bare.text)",
                    ratio: script.cpu / bare.cpu, goal: "CPU ≤ 1.3 ×")
            }
        }
    }

    private struct Figure: Comparable {
        /// Microseconds of CPU a request.
        let cpu: Double
        let rate: Double
        static let worst = Figure(cpu: .infinity, rate: 0)
        var text: String { "\(Int(cpu.rounded())) µs CPU, \(Int(rate))/s" }
        static func < (left: Figure, right: Figure) -> Bool { left.cpu < right.cpu }
    }

    private static func measure(_ count: Int, _ body: () async throws -> Void) async throws -> Figure {
        let before = processSeconds()
        let wall = try await ContinuousClock().measure(body)
        return Figure(cpu: (processSeconds() - before) / Double(count) * 1e6, rate: Double(count) / wall.seconds)
    }

    private static func accessToken(_ settings: TenantSettings) async throws -> String {
        guard let id = settings.clientID else { return "" }
        let client = try AuthenticationClient(
            domain: settings.domain, clientID: id, credential: settings.authentication)
        return try await client.clientCredentialsGrant(audience: "\(settings.domain)/api/v2/").accessToken.reveal()
    }

    private static let userIDs = "auth0|5a2513dc63508d31dd86efb2"

    private static func bareLoop(
        _ settings: TenantSettings, _ token: String, _ verb: String, _ body: String?, _ inFlight: Int, _ count: Int
    ) async throws {
        let client = HTTPClient.shared
        let url = "\(settings.domain)/api/v2/users/\(PercentEncoding.component(userIDs))"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<inFlight {
                group.addTask {
                    for _ in 0..<(count / inFlight) {
                        var request = HTTPClientRequest(url: url)
                        request.method = .init(rawValue: verb)
                        request.headers = ["Authorization": "Bearer \(token)", "Content-Type": "application/json"]
                        if let body { request.body = .bytes(ByteBuffer(string: body)) }
                        let response = try await client.execute(request, timeout: .seconds(60))
                        _ = try await response.body.collect(upTo: 1 << 20)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private static func scriptLoop(
        _ settings: TenantSettings, _ token: String, _ verb: String, _ inFlight: Int, _ count: Int
    ) async throws {
        let call = verb == "GET" ? "users.get(id)" : "users.update(id, { nickname = \"bench\" })"
        let source = """
            local management, tasks = require("auth0").management, require "tasks"
            local id, started = "\(userIDs)", {}
            for i = 1, \(inFlight) do
              started[i] = tasks.spawn(function() for n = 1, \(count / inFlight) do management.\(call) end end)
            end
            for _, task in ipairs(started) do task:await() end
            """
        var host = ScriptHost(tenant: TenantSettings(domain: settings.domain, credentials: .token(Secret(token))))
        host.options.retry.maxRetries = 0
        try await host.run(Script(source: Array(source.utf8), name: "bench"))
    }
}
