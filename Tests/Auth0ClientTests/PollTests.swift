// Waiting for a person: which answers mean wait, how long, and what ends it.

import Auth0API
import Auth0Client
import Testing

@Suite struct PollTests {
    let clock = TestClock()

    func ask(
        _ answers: [(Int, String)], operation name: String = "oauth.device_code_grant",
        interval: Duration? = .seconds(5),
        deadline: Duration? = nil, clock: TestClock? = nil
    ) async -> (result: Result<APIResponse, APIError>, transport: RecordingTransport) {
        let transport = RecordingTransport { _, number in
            let (status, body) = answers[min(number, answers.count - 1)]
            return .json(status, body.hasPrefix("{") ? body : #"{"error":"\#(body)","error_description":"…"}"#)
        }
        var options = ClientOptions()
        options.transport = transport
        options.time = (clock ?? self.clock).source
        do throws(APIError) {
            let client = try AuthenticationClient(
                domain: "acme.auth0.com", clientID: "cid", credential: .secret(Secret("sec")), options: options)
            let operation = Catalog.shared.operation(name, in: .authentication)!
            let fields: [(name: String, value: FormValue)] = [("device_code", .string("dc"))]
            return (
                .success(
                    try await client.send(
                        operation, fields: fields, pollInterval: interval, options: CallOptions(deadline: deadline))),
                transport
            )
        } catch {
            return (.failure(error), transport)
        }
    }
    let tokens = (200, #"{"access_token":"at","token_type":"Bearer","expires_in":60}"#)

    @Test(arguments: ["oauth.device_code_grant", "backchannel.backchannel_grant", "mfa.verify_oob"])
    func asksAgainWhileItIsToldToWait(name: String) async throws {
        let (result, transport) = await ask(
            [(403, "authorization_pending"), (400, "authorization_pending"), tokens], operation: name)
        #expect(try result.get().attempts == 3)
        #expect(transport.requests.count == 3)
        #expect(clock.waits == [.seconds(5), .seconds(5)])
    }

    @Test func slowsDownForGoodWhenItIsAskedTo() async throws {
        let (result, _) = await ask([(429, "slow_down"), (403, "authorization_pending"), (429, "slow_down"), tokens])
        #expect(try result.get().attempts == 4)
        #expect(clock.waits == [.seconds(10), .seconds(10), .seconds(15)])
    }

    @Test(arguments: ["access_denied", "expired_token", "invalid_grant"])
    func endsWithAnyOtherError(code: String) async throws {
        let (result, transport) = await ask([(403, "authorization_pending"), (403, code), tokens])
        let error = #expect(throws: APIError.self) { try result.get() }
        #expect(error?.code == code && error?.kind == .api && error?.attempts == 2)
        #expect(transport.requests.count == 2)
    }

    @Test func endsBeforeAWaitThatTheDeadlineDoesNotAllow() async throws {
        let (result, transport) = await ask([(403, "authorization_pending")], deadline: .seconds(12))
        let error = #expect(throws: APIError.self) { try result.get() }
        #expect(error?.kind == .timeout && error?.code == "authorization_pending")
        #expect(error?.operation == "oauth.device_code_grant")
        #expect(transport.requests.count == 3)
        #expect(clock.waits == [.seconds(5), .seconds(5)])
    }

    @Test func raisesWaitingAtOnceWithoutAnInterval() async throws {
        for answer in [(403, "authorization_pending"), (429, "slow_down")] {
            let (result, transport) = await ask([answer], interval: nil)
            let error = #expect(throws: APIError.self) { try result.get() }
            #expect(error?.code == answer.1)
            #expect(transport.requests.count == 1)
        }
        #expect(clock.waits.isEmpty)
    }

    @Test func stillWaitsOutARateLimitThatIsNoAnswer() async throws {
        let (result, transport) = await ask([(429, "too_many_requests"), tokens])
        #expect(try result.get().status == 200)
        #expect(transport.requests.count == 2)
    }

    @Test func endsWhenItsTaskIsCancelled() async throws {
        let held = TestClock(holds: true)
        let task = Task { await ask([(403, "authorization_pending")], clock: held).result }
        while held.waits.isEmpty { await Task.yield() }
        task.cancel()
        let error = await #expect(throws: APIError.self) { try await task.value.get() }
        #expect(error?.kind == .cancelled)
    }

    @Test func isForOperationsWithSomethingToWaitFor() async throws {
        for (name, interval) in [
            ("oauth.password_grant", Duration.seconds(5)), ("oauth.device_code_grant", .zero),
        ] {
            let (result, transport) = await ask([tokens], operation: name, interval: interval)
            let error = #expect(throws: APIError.self) { try result.get() }
            #expect(error?.kind == .argument)
            #expect(transport.requests.isEmpty)
        }
    }

    @Test func signsANewAssertionForEachQuestion() async throws {
        let transport = RecordingTransport { _, number in
            number < 2 ? .json(403, #"{"error":"authorization_pending"}"#) : .token("at")
        }
        var options = ClientOptions()
        options.transport = transport
        options.time = clock.source
        let client = try AuthenticationClient(
            domain: "acme.auth0.com", clientID: "cid",
            credential: .privateKey(SigningKey(pem: Secret(try TestKeys.rsa.get()))), options: options)
        let operation = try #require(Catalog.shared.operation("backchannel.backchannel_grant", in: .authentication))
        _ = try await client.send(operation, pollInterval: .seconds(1))
        #expect(Set(transport.requests.map { String(decoding: $0.body ?? [], as: UTF8.self) }).count == 3)
    }
}
