// The service on a real socket, against a demo tenant: good, failing and hostile scripts, and that it goes on after each.

import AsyncHTTPClient
import Auth0API
import DemoTenant
import Foundation
import Hummingbird
import HummingbirdTesting
import Luath
import Testing

@testable import ScriptService

@Suite struct ScriptServiceTests {
    private func withService(
        deadline: Duration = .seconds(60), slots: Int = 4,
        _ body: @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let tenant = try await DemoTenant.start()
        let settings = TenantSettings(
            domain: tenant.url,
            credentials: .clientCredentials(id: tenant.clientID, secret: tenant.clientSecret.reveal()))
        let runs = try RunController(tenant: { settings }, deadline: deadline, slots: slots)
        try await ScriptService.application(runs).test(.ahc(), body)
        await tenant.close()
    }

    private struct Answer: Equatable {
        var status: Int
        var body: String
    }

    private func post(_ script: String, _ client: any TestClientProtocol) async throws -> Answer {
        try await client.execute(uri: "/run", method: .post, body: ByteBuffer(string: script)) {
            Answer(status: $0.status.code, body: String(buffer: $0.body))
        }
    }

    private let good =
        "print('hello') return require('auth0').management.clients.list({ per_page = 1 }).data[1].name ~= nil, {}"
    private let answer = Answer(status: 200, body: #"{"output":"hello\n","result":[true,{}]}"#)

    @Test func answersGoodScriptsAfterBadOnes() async throws {
        try await withService { client in
            #expect(try await post(good, client) == answer)
            for (script, status, part) in [
                ("error('no')", 422, #""message":"posted:1: no","#),
                ("print('x') local", 422, #""kind":"script""#),
                ("return print", 422, "JSON cannot say"),
                ("return 0/0", 422, "JSON cannot say"),
                ("require('auth0').management.users.get('nobody')", 422, #""kind":"api""#),
                ("\nrequire('auth0').management.roles.create { name = 'x' }", 403, #""position":"posted:2""#),
                ("require('fs').read('/etc/passwd')", 403, #""kind":"permission""#),
                ("os.exit(3)", 200, #""result":[]"#),
            ] {
                let found = try await post(script, client)
                #expect(found.status == status && found.body.contains(part), "\(script): \(found)")
                #expect(try await post(good, client) == answer)
            }
        }
    }

    @Test func aScriptThatTakesTooLongIsStopped() async throws {
        try await withService(deadline: .milliseconds(50)) { client in
            for script in [
                "require('tasks').sleep(3600)",
                "while true do pcall(require('tasks').sleep, 3600) end",
            ] {
                let found = try await post("print('on') " + script, client)
                #expect(found.status == 408, "\(found)")
                #expect(found.body.contains(#""kind":"limit""#) && found.body.contains(#""output":"on\n""#), "\(found)")
            }
        }
    }

    @Test func aClientThatLeavesTakesItsScriptWithIt() async throws {
        try await withService(slots: 1) { client in
            let port = try #require(client.port)
            let leaving = Task {
                var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/run")
                request.method = .POST
                request.body = .bytes(ByteBuffer(string: "require('tasks').sleep(3600)"))
                while try await HTTPClient.shared.execute(request, timeout: .seconds(60)).status.code == 503 {}
            }
            while try await post("return 1", client).status == 200 { await Task.yield() }
            leaving.cancel()
            while try await post("return 1", client).status == 503 { await Task.yield() }
            let found = try await post("return require('request').id ~= nil", client)
            #expect(found == Answer(status: 200, body: #"{"output":"","result":[true]}"#))
        }
    }

    @Test func aScriptMayBeAMegabyteLong() async throws {
        try await withService { client in
            for (length, status) in [(1 << 20, 200), (1 << 20 + 1, 413)] {
                let found = try await post(String(repeating: "-", count: length), client)
                #expect(found.status == status)
            }
        }
    }
}
