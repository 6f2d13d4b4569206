// The transport against real sockets: what is mapped to which error, and that no stall outlives its timeout.

import Auth0API
import Auth0Client
import ScriptedServer
import Testing

import class Foundation.FileManager

@Suite struct HTTPTransportTests {
    static let ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"

    func transport(_ change: (inout ConnectionOptions) -> Void = { _ in }) throws -> HTTPTransport {
        var options = ConnectionOptions()
        options.proxies = .none
        change(&options)
        return try HTTPTransport(options)
    }
    func get(_ url: String, _ method: String = "GET", body: [UInt8]? = nil) -> APIRequest {
        APIRequest(
            method: method, url: url, headers: Headers([("X-Mine", "yes"), ("Accept", "application/json")]), body: body,
            authorization: Secret("Bearer tok"))
    }
    func failure(
        _ request: APIRequest, timeout: Duration = .seconds(60), _ transport: HTTPTransport? = nil
    ) async throws -> APIError {
        let transport = try transport ?? self.transport()
        return try await #require(throws: APIError.self) { _ = try await transport.send(request, timeout: timeout) }
    }

    @Test func sendsARequestAsItIsAndReusesTheConnection() async throws {
        try await ScriptedServer.with([.send(Self.ok)]) { server in
            let transport = try transport()
            let url = "http://127.0.0.1:\(server.port)/api/v2/users/auth0%7C1%2F2?q=a%20b&q=c%2Bd"
            for _ in 0..<3 {
                let response = try await transport.send(
                    get(url, "PATCH", body: Array("{\"a\":1}".utf8)), timeout: .seconds(60))
                #expect(response.status == 200)
                #expect(response.body == Array("{}".utf8))
                #expect(response.headers["content-type"] == "application/json")
                #expect(response.headers.fields.map(\.name) == ["content-type", "content-length"])
                #expect(response.url == url)
            }
            #expect(server.connections == 1)
            let lines = server.requests[0].split(separator: "\r\n").map(String.init)
            #expect(lines[0] == "PATCH /api/v2/users/auth0%7C1%2F2?q=a%20b&q=c%2Bd HTTP/1.1")
            #expect(lines.contains("Authorization: Bearer tok"))
            #expect(lines.contains("X-Mine: yes"))
            #expect(lines.contains { $0.lowercased() == "content-length: 7" })
            #expect(lines.last == "{\"a\":1}")
        }
    }

    static let stalls: [[ScriptedServer.Step]] = [
        [],
        [.send("HTTP/1.1 200 OK\r\nContent-Le")],
        [.drip("x", every: .milliseconds(20))],
        [.send("HTTP/1.1 200 OK\r\nX: "), .drip("y", every: .milliseconds(20))],
        [.send("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nabc")],
        [.send("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nabc"), .drip("z", every: .milliseconds(20))],
        [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n")],
    ]
    @Test(.timeLimit(.minutes(1)), arguments: stalls.indices)
    func endsEveryStallInTime(index: Int) async throws {
        // The one that drips garbage may be found out before its time.
        let kinds: [APIError.Kind] = index == 2 ? [.timeout, .network] : [.timeout]
        try await ScriptedServer.with(Self.stalls[index]) { server in
            let clock = ContinuousClock()
            let start = clock.now
            let error = try await failure(get("http://127.0.0.1:\(server.port)/"), timeout: .seconds(2))
            let took = start.duration(to: clock.now)
            #expect(kinds.contains(error.kind))
            #expect(error.outcomeUnknown)
            #expect(error.message.contains("127.0.0.1:\(server.port)"))
            if error.kind == .timeout {
                #expect(error.name == "TimeoutError")
                #expect(took >= .milliseconds(1_990))
            }
        }
    }

    @Test func endsAConnectionThatNeverGetsThroughItsHandshake() async throws {
        try await ScriptedServer.with([]) { server in
            let error = try await failure(get("https://127.0.0.1:\(server.port)/"), timeout: .milliseconds(300))
            #expect(error.kind == .timeout)
            #expect(!error.outcomeUnknown)
            #expect(error.message.contains("no connection"))
        }
    }

    static let breaks: [([ScriptedServer.Step], String)] = [
        ([.close], "before an answer"), ([.reset], "before an answer"),
        ([.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), .close], "in the middle of the answer"),
        (
            [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"), .close],
            "in the middle of the answer"
        ),
        ([.send("SSH-2.0-OpenSSH_9.2\r\n\r\n")], "is not HTTP"),
    ]
    @Test(arguments: breaks.indices)
    func saysThatAConnectionBroke(index: Int) async throws {
        let (steps, message) = Self.breaks[index]
        try await ScriptedServer.with(steps) { server in
            let error = try await failure(get("http://127.0.0.1:\(server.port)/"))
            #expect(error.kind == .network)
            #expect(error.name == "NetworkError")
            #expect(error.outcomeUnknown)
            #expect(error.message.contains(message))
        }
    }

    @Test func saysThatNothingWasSentWhenTheConnectionIsRefused() async throws {
        var port = 0
        try await ScriptedServer.with([]) { port = $0.port }
        let error = try await failure(get("http://127.0.0.1:\(port)/"))
        #expect(error.kind == .network)
        #expect(error.message == "cannot connect to 127.0.0.1:\(port): connection refused")
        #expect(!error.outcomeUnknown)
        #expect(error.hint != nil)
    }

    @Test func saysThatANameCannotBeResolved() async throws {
        let error = try await failure(get("https://no-such-tenant.invalid/"), timeout: .seconds(20))
        #expect(error.kind == .network)
        #expect(error.message == "the name no-such-tenant.invalid cannot be resolved")
        #expect(!error.outcomeUnknown)
    }

    @Test func trustsAnAuthorityOfItsOwnAndNoOther() async throws {
        let certificate = try Certificates(host: "127.0.0.1")
        let file = try certificate.write()
        defer { try? FileManager.default.removeItem(atPath: file) }
        try await ScriptedServer.with([.send(Self.ok)], tls: certificate) { server in
            let url = "https://127.0.0.1:\(server.port)/"
            let trusting = try transport { $0.caFile = file }
            #expect(try await trusting.send(get(url), timeout: .seconds(60)).status == 200)
            let error = try await failure(get(url))
            #expect(error.kind == .network)
            #expect(error.message.contains("is not trusted"))
            #expect(error.hint?.contains("AUTH0_CA_FILE") == true)
            #expect(!error.outcomeUnknown)
        }
    }

    @Test(arguments: [("other.example.com", false, "is for another host"), ("127.0.0.1", true, "is not trusted")])
    func refusesACertificateOfAnotherHostOrTime(host: String, expired: Bool, message: String) async throws {
        let certificate = try Certificates(host: host, expired: expired)
        let file = try certificate.write()
        defer { try? FileManager.default.removeItem(atPath: file) }
        try await ScriptedServer.with([.send(Self.ok)], tls: certificate) { server in
            let trusting = try transport { $0.caFile = file }
            let error = try await failure(get("https://127.0.0.1:\(server.port)/"), trusting)
            #expect(error.kind == .network)
            #expect(error.message.contains(message))
            #expect(!error.outcomeUnknown)
            #expect(server.requests.isEmpty)
        }
    }

    @Test func saysThatAHandshakeWasCutOrIsNotTLS() async throws {
        try await ScriptedServer.with([], onAccept: [.close]) { server in
            let error = try await failure(get("https://127.0.0.1:\(server.port)/"))
            #expect(error.kind == .network)
            #expect(!error.outcomeUnknown)
        }
        try await ScriptedServer.with([], onAccept: [.send("HTTP/1.1 400 Bad Request\r\n\r\n")]) { server in
            let error = try await failure(get("https://127.0.0.1:\(server.port)/"))
            #expect(error.message.contains("does not speak TLS"))
        }
    }

    @Test func refusesACAFileThatItCannotRead() throws {
        let error = #expect(throws: APIError.self) { try transport { $0.caFile = "/no/such.pem" } }
        #expect(error?.kind == .config)
        #expect(error?.message.contains("/no/such.pem") == true)
    }

    @Test(arguments: ["Content-Length: 2000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n7d0\r\n"])
    func refusesAnAnswerThatIsTooLarge(head: String) async throws {
        try await ScriptedServer.with([.send("HTTP/1.1 200 OK\r\n\(head)\(String(repeating: "x", count: 2000))")]) {
            server in
            let error = try await failure(
                get("http://127.0.0.1:\(server.port)/"), transport { $0.maxResponseBytes = 1000 })
            #expect(error.kind == .limit)
            #expect(error.name == "LimitError")
        }
    }

    @Test func followsRedirectsOfAGetWithinTheHost() async throws {
        let moved = "HTTP/1.1 302 Found\r\nLocation: /next?a=1#part\r\nContent-Length: 0\r\n\r\n"
        try await ScriptedServer.with([.send(moved)], [.send(Self.ok)]) { server in
            let response = try await transport().send(get("http://127.0.0.1:\(server.port)/old"), timeout: .seconds(60))
            #expect(response.status == 200)
            #expect(response.url == "http://127.0.0.1:\(server.port)/next?a=1")
            #expect(server.requests[1].hasPrefix("GET /next?a=1 HTTP/1.1\r\n"))
            #expect(server.requests[1].contains("Bearer tok"))
        }
    }

    @Test func takesNoTokenToAnotherHost() async throws {
        try await ScriptedServer.with([.send(Self.ok)]) { other in
            let moved = "HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:\(other.port)/\r\nContent-Length: 0\r\n\r\n"
            try await ScriptedServer.with([.send(moved)]) { server in
                let url = "http://127.0.0.1:\(server.port)/"
                let transport = try transport()
                #expect(try await transport.send(get(url), timeout: .seconds(60)).status == 200)
                #expect(!other.requests[0].contains("tok"))
                #expect(!other.requests[0].contains("X-Mine"))
                #expect(try await transport.send(get(url, "DELETE"), timeout: .seconds(60)).status == 307)
                #expect(other.requests.count == 1)
            }
        }
    }

    @Test func leavesACircleOfRedirects() async throws {
        try await ScriptedServer.with([.send("HTTP/1.1 302 X\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")]) { server in
            let error = try await failure(get("http://127.0.0.1:\(server.port)/"))
            #expect(error.message.contains("more than five redirects"))
            #expect(server.requests.count == 6)
        }
    }

    @Test func endsARequestWhenItsTaskIsCancelled() async throws {
        try await ScriptedServer.with([]) { server in
            let transport = try transport()
            let request = get("http://127.0.0.1:\(server.port)/")
            let task = Task { try await transport.send(request, timeout: .seconds(60)) }
            while server.requests.isEmpty { await Task.yield() }
            task.cancel()
            let error = await #expect(throws: APIError.self) { try await task.value }
            #expect(error?.kind == .cancelled)
            #expect(error?.outcomeUnknown == true)
            let late = Task { try await transport.send(request, timeout: .seconds(60)) }
            late.cancel()
            await #expect(throws: APIError.self) { try await late.value }
        }
    }

    @Test func refusesAHeaderThatWouldSplitTheRequest() async throws {
        try await ScriptedServer.with([.send(Self.ok)]) { server in
            var request = get("http://127.0.0.1:\(server.port)/")
            request.headers["X-Bad"] = "a\r\nX-Injected: b"
            let error = try await failure(request)
            #expect(error.kind == .argument)
            #expect(server.requests.isEmpty)
        }
    }

    @Test func servesAThousandRequestsAtOnce() async throws {
        try await ScriptedServer.with([.send(Self.ok)]) { server in
            let transport = try transport()
            let request = get("http://127.0.0.1:\(server.port)/")
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<1000 { group.addTask { try await transport.send(request, timeout: .seconds(30)).status } }
                for try await status in group { #expect(status == 200) }
            }
            #expect(server.connections <= 100)
        }
    }
}

@Suite struct ProxyTests {
    @Test func asksTheProxyForATunnelAndShowsItNoToken() async throws {
        let refusal = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
        try await ScriptedServer.with([.send(refusal)]) { server in
            var options = ConnectionOptions()
            options.proxies = ProxySettings(https: Secret("http://me:pw@127.0.0.1:\(server.port)"))
            let transport = try HTTPTransport(options)
            let request = APIRequest(
                method: "GET", url: "https://acme.invalid/api/v2/clients", authorization: Secret("Bearer tok"))
            let error = await #expect(throws: APIError.self) {
                try await transport.send(request, timeout: .seconds(60))
            }
            #expect(error?.kind == .network)
            #expect(error?.message.contains("the proxy in front of acme.invalid refused") == true)
            #expect(error?.outcomeUnknown == false)
            let sent = server.requests[0]
            #expect(sent.hasPrefix("CONNECT acme.invalid:443 HTTP/1.1\r\n"))
            #expect(sent.lowercased().contains("proxy-authorization: basic bwu6chc="))
            #expect(!sent.contains("tok"))
        }
    }

    @Test func reachesLoopbackWithoutTheProxy() async throws {
        try await ScriptedServer.with([.send(HTTPTransportTests.ok)]) { server in
            var options = ConnectionOptions()
            options.proxies = ProxySettings(https: Secret("http://127.0.0.1:1"), http: Secret("http://127.0.0.1:1"))
            let transport = try HTTPTransport(options)
            let request = APIRequest(method: "GET", url: "http://127.0.0.1:\(server.port)/")
            #expect(try await transport.send(request, timeout: .seconds(60)).status == 200)
        }
    }
}
