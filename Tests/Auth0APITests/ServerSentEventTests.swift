// The parser of event streams, fed in pieces of every size.

import Auth0API
import Testing

@Suite struct ServerSentEventTests {
    private static let cases: [(String, [ServerSentEvent])] = [
        ("data: a\n\n", [ServerSentEvent(type: "message", data: "a", id: nil)]),
        (
            "event: x\rdata:a\r\rdata: b\r\n\r\n",
            [
                ServerSentEvent(type: "x", data: "a", id: nil), ServerSentEvent(type: "message", data: "b", id: nil),
            ]
        ),
        (
            "id: 1\ndata: a\ndata:  b\n\ndata\n\n",
            [
                ServerSentEvent(type: "message", data: "a\n b", id: "1"),
                ServerSentEvent(type: "message", data: "", id: "1"),
            ]
        ),
        (
            ": comment\nretry: 10\nevent: lost\n\nid: 2\n\ndata: é\n\ndata: unfinished\n",
            [
                ServerSentEvent(type: "message", data: "é", id: "2")
            ]
        ),
        ("\u{FEFF}data: a\nnonsense: b\n\n", [ServerSentEvent(type: "message", data: "a", id: nil)]),
    ]

    @Test(arguments: cases) func readsEventsFromPiecesOfEverySize(text: String, events: [ServerSentEvent]) throws {
        let bytes = Array(text.utf8)
        for size in 1...max(bytes.count, 1) {
            var parser = ServerSentEventParser()
            var found: [ServerSentEvent] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                found += try parser.read(Array(bytes[start..<min(start + size, bytes.count)]))
            }
            #expect(found == events, "in pieces of \(size)")
        }
    }

    @Test func takesTheTimeBeforeTheNextConnection() throws {
        var parser = ServerSentEventParser()
        _ = try parser.read(Array("retry: 1500\nretry: soon\n".utf8))
        #expect(parser.retry == .milliseconds(1500))
    }

    @Test func refusesAnEventWithoutAnEnd() {
        var parser = ServerSentEventParser()
        let line = Array(("data: " + String(repeating: "x", count: 1 << 20) + "\n").utf8)
        #expect(throws: ServerSentEventParser.TooLong.self) { for _ in 0..<20 { _ = try parser.read(line) } }
    }
}
