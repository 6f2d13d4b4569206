// Streams of events over real sockets: what a script gets, how the stream goes on after a break, and how it ends.

import Auth0API
import Auth0Client
import Foundation
import LuaHost
import Luath
import ScriptedServer
import Testing

@Suite struct EventStreamTests {
    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
    private static func event(_ type: String, _ offset: String, _ rest: String = "") -> String {
        "id: \(offset)\nevent: \(type)\ndata: {\"type\":\"\(type)\",\ndata: \"offset\":\"\(offset)\"\(rest)}\n\n"
    }

    private func lines(_ server: ScriptedServer, _ code: String) async throws -> [String] {
        let printed = Printed()
        var host = ScriptHost(
            tenant: TenantSettings(domain: "http://127.0.0.1:\(server.port)", credentials: .token(Secret("tok"))))
        host.options.retry.maxRetries = 0
        host.print = { printed.write($0) }
        try await host.run(
            Script(source: Array("local management = require('auth0').management\n\(code)".utf8), name: "events"))
        return printed.lines
    }

    @Test(.timeLimit(.minutes(1))) func goesOnAfterTheLastOffsetWhenTheConnectionEnds() async throws {
        let first =
            Self.head + ":connected\n\nretry: 5\n\n" + Self.event("user.created", "o1", #","event":{"id":"e1"}"#)
            + Self.event("offset-only", "o2")
        try await ScriptedServer.with(
            [.send(first), .close], [.send(Self.head + Self.event("user.deleted", "o3"))]
        ) { server in
            let lines = try await lines(
                server,
                """
                for event in management.events.subscribe { event_type = { "user.created", "user.deleted" }, from = "o0" } do
                  print(event.type, event.offset, event.event and event.event.id)
                  if event.offset == "o3" then break end
                end
                """)
            #expect(lines == ["user.created\to1\te1", "user.deleted\to3\tnil"])
            let heads = server.requests.map { $0.split(separator: "\r\n")[0] }
            #expect(
                heads == [
                    "GET /api/v2/events?event_type=user.created&event_type=user.deleted&from=o0 HTTP/1.1",
                    "GET /api/v2/events?event_type=user.created&event_type=user.deleted&from=o2 HTTP/1.1",
                ])
            #expect(server.requests[0].contains("Accept: text/event-stream"))
            #expect(server.requests[0].contains("Authorization: Bearer tok"))
        }
    }

    @Test(.timeLimit(.minutes(1))) func aBrokenConnectionIsMadeAnew() async throws {
        try await ScriptedServer.with(
            [.send(Self.head + "retry: 1\n\n" + Self.event("user.created", "o1")), .reset], [.reset], [.close],
            [.send(Self.head + Self.event("user.created", "o2"))]
        ) { server in
            let lines = try await lines(
                server,
                """
                local stream, response = management.events.subscribe()
                print(response.status, stream().offset)
                print(stream().offset, stream:offset())
                stream:close()
                print(stream())
                """)
            #expect(lines == ["200\to1", "o2\to2", "nil"])
        }
    }

    @Test(.timeLimit(.minutes(1))) func errorsInTheStreamAreRaised() async throws {
        let expired =
            #"event: error"# + "\n" + #"data: {"type":"error","error":{"code":"cursor_expired","message":"too old"}}"#
        try await ScriptedServer.with([.send(Self.head + expired + "\n\n")]) { server in
            let lines = try await lines(
                server,
                """
                local ok, e = pcall(function() for event in management.events.subscribe() do end end)
                print(ok, e.name, e.kind, e.code, e.message, e.operation, e.hint ~= nil)
                """)
            #expect(lines == ["false\tEventStreamError\tapi\tcursor_expired\ttoo old\tevents.subscribe\ttrue"])
        }
    }

    @Test(.timeLimit(.minutes(1))) func aRefusalIsSeenAtOnce() async throws {
        let body = #"{"message":"no","errorCode":"insufficient_scope"}"#
        let answer =
            "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        try await ScriptedServer.with([.send(answer)]) { server in
            let lines = try await lines(
                server, "local ok, e = pcall(management.events.subscribe) print(ok, e.name, e.status_code, e.hint)")
            #expect(lines.first?.hasPrefix("false\tForbiddenError\t403") == true)
            #expect(lines.first?.contains("read:events") == true)
        }
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            (
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
                "false\tParseError\tparse"
            ),
            ("HTTP/1.1 204 No Content\r\n\r\n", "true\tnil\tnil"),
        ]) func anAnswerThatIsNoStreamEndsIt(answer: String, result: String) async throws
    {
        try await ScriptedServer.with([.send(answer)]) { server in
            let lines = try await lines(
                server,
                """
                local ok, e = pcall(function() for event in management.events.subscribe() do end end)
                print(ok, e and e.name, e and e.kind)
                """)
            #expect(lines == [result])
            #expect(server.requests.count == 1)
        }
    }

    @Test(.timeLimit(.minutes(1))) func twoTasksCannotReadOneStream() async throws {
        try await ScriptedServer.with([.send(Self.head + ":connected\n\n")]) { server in
            let lines = try await lines(
                server,
                """
                local tasks, stream = require "tasks", (management.events.subscribe())
                local first = tasks.spawn(function() return stream() end)
                tasks.sleep(0)
                print(select(2, pcall(stream)).message)
                stream:close()
                print(first:await())
                """)
            #expect(lines == ["another task waits for the next event of this stream", "nil"])
        }
    }

    @Test(.timeLimit(.minutes(1))) func aStreamThatIsLetGoOfIsClosed() async throws {
        try await ScriptedServer.with([.send(Self.head + Self.event("user.created", "o1"))]) { server in
            _ = try await lines(
                server,
                """
                for event in management.events.subscribe() do break end
                (management.events.subscribe())()
                """)
            while server.openConnections > 0 { await Task.yield() }
        }
    }

    @Test(.timeLimit(.minutes(1))) func aCancelledRunLeavesTheStream() async throws {
        try await ScriptedServer.with([.send(Self.head + Self.event("user.created", "o1"))]) { server in
            let port = server.port
            let task = Task {
                let host = ScriptHost(
                    tenant: TenantSettings(domain: "http://127.0.0.1:\(port)", credentials: .token(Secret("tok"))))
                let code = "for event in require('auth0').management.events.subscribe() do end"
                return try await host.run(Script(source: Array(code.utf8), name: "events"))
            }
            while server.requests.isEmpty { await Task.yield() }
            task.cancel()
            await #expect(throws: ScriptError.self) { try await task.value }
        }
    }
}
