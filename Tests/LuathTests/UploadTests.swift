// The one operation that takes a file, over a real socket.

import Auth0API
import Auth0Client
import Foundation
import LuaHost
import Luath
import ScriptedServer
import Testing

@Suite struct UploadTests {
    private func lines(
        _ server: ScriptedServer, _ code: String, readable: [String] = []
    ) async throws -> [String] {
        let printed = Printed()
        var host = ScriptHost(
            tenant: TenantSettings(domain: "http://127.0.0.1:\(server.port)", credentials: .token(Secret("tok"))))
        host.permissions.readablePaths = readable
        host.print = { printed.write($0) }
        try await host.run(
            Script(source: Array("local jobs = require('auth0').management.jobs\n\(code)".utf8), name: "upload"))
        return printed.lines
    }
    private static func answer(_ status: String, _ body: String, _ headers: String = "") -> [ScriptedServer.Step] {
        [
            .send(
                "HTTP/1.1 \(status)\r\n\(headers)Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            )
        ]
    }

    @Test(.timeLimit(.minutes(1))) func aFileIsStreamedFromDiskAndAgainWhenTheCallIsRetried() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "luath-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let users = "[" + (0..<5_000).map { #"{"email":"u\#($0)@x.test"}"# }.joined(separator: ",\n") + "]"
        let file = folder.appending(path: "users.json").path
        try users.write(toFile: file, atomically: true, encoding: .utf8)
        try await ScriptedServer.with(
            Self.answer("429 Too Many Requests", "{}", "Retry-After: 0\r\n"),
            Self.answer("202 Accepted", #"{"id":"job_1","status":"pending"}"#)
        ) { server in
            let lines = try await lines(
                server,
                """
                local job = jobs.users_imports.create { users = "\(file)", connection_id = "con_1", upsert = true }
                print(job.id)
                """, readable: [folder.path])
            #expect(lines == ["job_1"])
            #expect(server.requests.count == 2)
            for request in server.requests {
                let type = try #require(request.firstMatch(of: /Content-Type: multipart\/form-data; boundary=(\S+)/))
                let body = request.split(separator: "\r\n\r\n", maxSplits: 1)[1]
                let part = "--\(type.1)\r\nContent-Disposition: form-data; name="
                #expect(
                    String(body)
                        == "\(part)\"connection_id\"\r\n\r\ncon_1\r\n\(part)\"upsert\"\r\n\r\ntrue\r\n"
                        + "\(part)\"users\"; filename=\"users.json\"\r\nContent-Type: application/json\r\n\r\n\(users)\r\n--\(type.1)--\r\n"
                )
            }
        }
    }

    @Test(arguments: [#"{ { email = "a@x.test" } }"#, #"' [{"email":"a@x.test"}]'"#])
    func usersInTheScriptAreSentAsAFile(users: String) async throws {
        try await ScriptedServer.with(Self.answer("202 Accepted", #"{"id":"j"}"#)) { server in
            let lines = try await lines(
                server, "print(jobs.users_imports.create({ users = \(users), connection_id = 'c' }).id)")
            #expect(lines == ["j"])
            #expect(server.requests[0].contains("filename=\"users.json\""))
            #expect(server.requests[0].contains(#"[{"email":"a@x.test"}]"#))
        }
    }

    @Test(arguments: [
        ("users = '/etc/hostname', connection_id = 'c'", "--allow-read=/etc/hostname"),
        ("users = '/nowhere/at/all.json', connection_id = 'c'", "--allow-read"),
        ("users = {}", "'connection_id' is missing"), ("connection_id = 'c'", "'users' is missing"),
        ("users = {}, connection_id = 'c', upsrt = true", "did you mean 'upsert'"),
    ]) func refusesBeforeAnythingIsSent(request: String, message: String) async throws {
        try await ScriptedServer.with(Self.answer("202 Accepted", "{}")) { server in
            let lines = try await lines(server, "print(pcall(jobs.users_imports.create, { \(request) }))")
            #expect(lines.first?.contains(message) == true, "\(lines)")
            #expect(server.requests.isEmpty)
        }
    }
}
