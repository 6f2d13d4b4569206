// Calls through the client with a recording transport: what is sent, how often, after which waits.

import Auth0API
import Auth0Client
import Logging
import Synchronization
import Testing

@Suite struct ManagementClientTests {
    static func client(
        _ transport: RecordingTransport, clock: TestClock = TestClock(),
        credentials: Credentials = .clientCredentials(id: "app", secret: "shh-very-secret"),
        _ change: (inout ClientOptions) -> Void = { _ in }
    ) throws -> ManagementClient {
        var options = ClientOptions()
        options.transport = transport
        options.time = clock.source
        options.random = { 0 }
        change(&options)
        return try ManagementClient(domain: "acme.auth0.com", credentials: credentials, options: options)
    }
    /// Answers token requests with `t1`, `t2`, ...; everything else by `answer`, which counts from 0.
    static func tenant(
        _ answer: @escaping @Sendable (APIRequest, Int) async throws(APIError) -> APIResponse
    ) -> RecordingTransport {
        let counts = Mutex((tokens: 0, calls: 0))
        return RecordingTransport { request, _ async throws(APIError) in
            if request.url.hasSuffix("/oauth/token") {
                return .token("t\(counts.withLock { $0.tokens += 1; return $0.tokens })")
            }
            return try await answer(
                request,
                counts.withLock {
                    $0.calls += 1; return $0.calls - 1
                })
        }
    }

    @Test func sendsOneCallWithItsTokenAndHeaders() async throws {
        let transport = Self.tenant { _, _ in .json(200, #"{"name":"x"}"#) }
        let client = try Self.client(transport) {
            $0.headers = Headers([("X-Team", "blue"), ("authorization", "mine")])
            $0.customDomain = "login.acme.com"
        }
        var call = CallOptions()
        call.headers = Headers([("x-team", "red")])
        let response = try await client.call(
            "users.update", path: ["auth0|1"], query: [], body: Array(#"{"name":"x"}"#.utf8), options: call)
        #expect(response.status == 200)
        #expect(response.attempts == 1)
        let token = transport.requests[0]
        #expect(token.url == "https://acme.auth0.com/oauth/token")
        #expect(token.headers["content-type"] == "application/x-www-form-urlencoded")
        #expect(
            String(decoding: token.body!, as: UTF8.self)
                == "client_id=app&audience=https%3A%2F%2Facme.auth0.com%2Fapi%2Fv2%2F&grant_type=client_credentials&client_secret=shh-very-secret"
        )
        let sent = transport.requests[1]
        #expect(sent.method == "PATCH")
        #expect(sent.url == "https://acme.auth0.com/api/v2/users/auth0%7C1")
        #expect(sent.authorization?.reveal() == "Bearer t1")
        #expect(sent.headers["authorization"] == nil)
        #expect(sent.headers["content-type"] == "application/json")
        #expect(sent.headers["accept"] == "application/json")
        #expect(sent.headers["x-team"] == "red")
        #expect(sent.headers["auth0-custom-domain"] == "login.acme.com")
        #expect(
            sent.headers["auth0-client"]
                == "eyJlbnYiOnsic3dpZnQiOiI2LjMifSwibmFtZSI6Imx1YXRoIiwidmVyc2lvbiI6IjAuMS4wIn0")
    }

    @Test func sendsNoBodyHeadersWithoutABody() async throws {
        let transport = Self.tenant { _, _ in .json(200) }
        _ = try await Self.client(transport) { $0.customDomain = "x.test" }
            .call("clients.list", query: [("per_page", "5"), ("fields", "a b")])
        let sent = transport.requests[1]
        #expect(sent.url == "https://acme.auth0.com/api/v2/clients?per_page=5&fields=a%20b")
        #expect(sent.headers["content-type"] == nil)
        #expect(sent.headers["auth0-custom-domain"] == nil)
        #expect(sent.body == nil)
    }

    @Test func refusesAnUnknownNameWithTheNearestOne() async throws {
        let transport = Self.tenant { _, _ in .json(200) }
        let client = try Self.client(transport)
        let error = await #expect(throws: APIError.self) { try await client.call("clients.updat") }
        #expect(error?.kind == .argument)
        #expect(error?.hint?.contains("clients.update") == true)
        await #expect(throws: APIError.self) { try await client.call("users.delete", path: [".."]) }
        #expect(transport.requests.isEmpty)
    }

    @Test func waitsAsToldAndCountsItsAttempts() async throws {
        let clock = TestClock()
        let transport = Self.tenant { _, count in
            count < 2 ? .json(429, "{}", [("retry-after", "\(count + 2)")]) : .json(200)
        }
        let response = try await Self.client(transport, clock: clock).call("clients.list")
        #expect(response.attempts == 3)
        #expect(clock.waits == [.seconds(2), .seconds(3)])
    }

    @Test func raisesAtOnceWithoutRetries() async throws {
        let clock = TestClock()
        let transport = Self.tenant { _, _ in .json(429, #"{"message":"Global limit"}"#, [("retry-after", "2")]) }
        let client = try Self.client(transport, clock: clock)
        let error = await #expect(throws: APIError.self) {
            try await client.call("clients.list", options: CallOptions(maxRetries: 0))
        }
        #expect(error?.name == "TooManyRequestsError")
        #expect(error?.message == "Global limit")
        #expect(error?.retryAfter == .seconds(2))
        #expect(error?.attempts == 1)
        #expect(error?.operation == "clients.list")
        #expect(clock.waits.isEmpty)
    }

    @Test func repeatsAPostOnlyWhenToldThatItIsSafe() async throws {
        let transport = Self.tenant { _, _ in .json(500) }
        let client = try Self.client(transport)
        let body = Array("{}".utf8)
        await #expect(throws: APIError.self) { try await client.call("clients.create", body: body) }
        #expect(transport.count("/clients") == 1)
        await #expect(throws: APIError.self) {
            try await client.call("clients.create", body: body, options: CallOptions(isIdempotent: true))
        }
        #expect(transport.count("/clients") == 4)
    }

    @Test func sharesOneFreshTokenAmongAllWhoWereRefused() async throws {
        let transport = Self.tenant { request, _ in
            request.authorization?.reveal() == "Bearer t1" ? .json(401) : .json(200)
        }
        let client = try Self.client(transport)
        let attempts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<1000 { group.addTask { try await client.call("clients.list").attempts } }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(attempts.isSubset(of: [1, 2]))
        #expect(transport.count("/oauth/token") == 2)
    }

    @Test func givesUpOnATenantThatRefusesTheFreshTokenToo() async throws {
        let transport = Self.tenant { _, _ in .json(401, #"{"message":"Expired token"}"#) }
        let client = try Self.client(transport)
        let error = await #expect(throws: APIError.self) { try await client.call("clients.list") }
        #expect(error?.name == "UnauthorizedError")
        #expect(error?.attempts == 2)
        #expect(error?.hint?.contains("token was refused") == true)
        await #expect(throws: APIError.self) { try await client.call("clients.list") }
        #expect(transport.count("/oauth/token") == 2)
    }

    @Test func doesNotRenewATokenThatWasGiven() async throws {
        let transport = Self.tenant { _, _ in .json(401) }
        let client = try Self.client(transport, credentials: .token(Secret("given")))
        let error = await #expect(throws: APIError.self) { try await client.call("clients.list") }
        #expect(error?.attempts == 1)
        #expect(transport.requests.count == 1)
    }

    @Test(arguments: [
        (401, #"{"error":"access_denied","error_description":"Unauthorized"}"#), (403, #"{"error":"access_denied"}"#),
        (400, #"{"error":"invalid_client"}"#), (404, "<html><title>Nope</title>"),
    ])
    func saysThatTheTokenRequestWasRefused(status: Int, body: String) async throws {
        let transport = RecordingTransport { _, _ in .json(status, body) }
        let client = try Self.client(transport)
        let error = await #expect(throws: APIError.self) { try await client.call("clients.list") }
        #expect(error?.kind == .config)
        #expect(error?.message.contains("access token request to acme.auth0.com failed: status \(status)") == true)
        #expect(error?.hint != nil)
        #expect(error?.operation == "clients.list")
        #expect(transport.requests.count == 1)
    }

    @Test func repeatsATokenRequestThatMayPass() async throws {
        let transport = RecordingTransport { request, number throws(APIError) in
            switch number {
            case 0: throw APIError(.network, name: "NetworkError", message: "reset", outcomeUnknown: true)
            case 1: return .json(503)
            case 2: return .token("t")
            default: return .json(200)
            }
        }
        let clock = TestClock()
        let response = try await Self.client(transport, clock: clock).call("clients.list")
        #expect(response.attempts == 1)
        #expect(clock.waits == [.seconds(0.5), .seconds(1)])
    }

    @Test func keepsANetworkFailureOfTheTokenRequestANetworkFailure() async throws {
        let transport = RecordingTransport { _, _ throws(APIError) in
            throw APIError(.network, name: "NetworkError", message: "cannot connect to acme.auth0.com")
        }
        let client = try Self.client(transport)
        let error = await #expect(throws: APIError.self) { try await client.call("clients.list") }
        #expect(error?.kind == .network)
        #expect(error?.message.contains("access token request") == true)
    }

    @Test func raisesAtOnceWhenTheDeadlineIsShorterThanTheWait() async throws {
        let clock = TestClock()
        let transport = Self.tenant { _, _ in .json(429, "{}", [("retry-after", "30")]) }
        let client = try Self.client(transport, clock: clock, credentials: .token(Secret("given")))
        let error = await #expect(throws: APIError.self) {
            try await client.call("clients.list", options: CallOptions(deadline: .seconds(5)))
        }
        #expect(error?.name == "TimeoutError")
        #expect(error?.message.contains("deadline of 5 s") == true)
        #expect(error?.retryAfter == .seconds(30))
        #expect(error?.attempts == 1)
        #expect(clock.waits.isEmpty)
    }

    @Test func givesEachAttemptWhatTheDeadlineLeaves() async throws {
        let clock = TestClock()
        let transport = Self.tenant { _, count in
            clock.advance(by: .seconds(3))
            return count < 1 ? .json(503, "{}", [("retry-after", "2")]) : .json(200)
        }
        _ = try await Self.client(transport, clock: clock, credentials: .token(Secret("given"))).call(
            "clients.list", options: CallOptions(timeout: .seconds(8), deadline: .seconds(10)))
        #expect(transport.timeouts == [.seconds(8), .seconds(5)])
    }

    @Test func endsABackoffWhenItsTaskIsCancelled() async throws {
        let clock = TestClock(holds: true)
        let transport = Self.tenant { _, _ in .json(429, "{}", [("retry-after", "30")]) }
        let client = try Self.client(transport, clock: clock)
        let call = Task { try await client.call("clients.list") }
        while clock.waits.isEmpty { await Task.yield() }
        call.cancel()
        let error = await #expect(throws: APIError.self) { try await call.value }
        #expect(error?.kind == .cancelled)
        #expect(error?.name == "CancelledError")
        #expect(error?.attempts == 1)
        #expect(transport.count("/clients") == 1)
    }

    @Test func refusesEmptyOrMalformedCredentials() {
        let transport = Self.tenant { _, _ in .json(200) }
        for credentials: Credentials in [
            .token(Secret("")), .token(Secret("a b")), .clientCredentials(id: "", secret: "s"),
            .clientCredentials(id: "i", secret: ""), .clientCredentials(id: "i", secret: "\"quoted\""),
        ] {
            let error = #expect(throws: APIError.self) { try Self.client(transport, credentials: credentials) }
            #expect(error?.kind == .config)
        }
    }

    @Test func logsOneLineAnAttemptWithoutSecretsOrQueryValues() async throws {
        let log = LogRecorder()
        let transport = Self.tenant { _, count in count == 0 ? .json(503) : .json(200) }
        _ = try await Self.client(transport) { $0.logger = log.logger }
            .call("users.list", query: [("q", "email:jane@example.com")])
        #expect(
            log.lines == [
                "oauth.client_credentials_grant #1 POST https://acme.auth0.com/oauth/token 200 0 ms",
                "users.list #1 GET https://acme.auth0.com/api/v2/users 503 0 ms",
                "users.list #2 GET https://acme.auth0.com/api/v2/users 200 0 ms",
            ])
    }
}
