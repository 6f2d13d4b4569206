// One token for everyone: how often it is asked for, by whom, and what happens when it is refused.

import Auth0API
import Synchronization
import Testing

@testable import Auth0Client

@Suite struct TokenSourceTests {
    /// Counts token requests and gives `t1`, `t2`, ...
    final class Issuer: Sendable {
        let count = Mutex(0)
        let lifetime: Duration
        init(lifetime: Duration = .seconds(3600)) { self.lifetime = lifetime }
        func issue() -> (token: Secret, lifetime: Duration) {
            (
                Secret(
                    "t\(count.withLock { count in count += 1; return count })"), lifetime
            )
        }
    }

    @Test func asksOnceForAThousandCallers() async throws {
        let issuer = Issuer()
        let source = TokenSource(time: TestClock().source) { () async throws(APIError) in
            for _ in 0..<50 { await Task.yield() }
            return issuer.issue()
        }
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<1000 { group.addTask { try await source.token().authorization.reveal() } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(tokens == ["Bearer t1"])
        #expect(issuer.count.withLock { $0 } == 1)
    }

    @Test func renewsATokenAMinuteBeforeItExpires() async throws {
        let clock = TestClock()
        let issuer = Issuer()
        let source = TokenSource(time: clock.source) { () async throws(APIError) in issuer.issue() }
        _ = try await source.token()
        clock.advance(by: .seconds(3539))
        #expect(try await source.token().authorization.reveal() == "Bearer t1")
        clock.advance(by: .seconds(1))
        #expect(try await source.token().authorization.reveal() == "Bearer t2")
    }

    @Test func keepsAShortTokenForNineTenthsOfItsLife() async throws {
        let clock = TestClock()
        let issuer = Issuer(lifetime: .seconds(5))
        let source = TokenSource(time: clock.source) { () async throws(APIError) in issuer.issue() }
        _ = try await source.token()
        clock.advance(by: .seconds(4.4))
        #expect(try await source.token().authorization.reveal() == "Bearer t1")
        clock.advance(by: .seconds(0.1))
        #expect(try await source.token().authorization.reveal() == "Bearer t2")
    }

    @Test func replacesARefusedTokenOnceForAllWhoHeldIt() async throws {
        let issuer = Issuer()
        let source = TokenSource(time: TestClock().source) { () async throws(APIError) in issuer.issue() }
        let refused = try await source.token()
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<100 { group.addTask { try await source.token(replacing: refused).authorization.reveal() } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(tokens == ["Bearer t2"])
        #expect(issuer.count.withLock { $0 } == 2)
    }

    @Test func doesNotFloodATenantThatRefusesEveryToken() async throws {
        let clock = TestClock()
        let issuer = Issuer()
        let source = TokenSource(time: clock.source) { () async throws(APIError) in issuer.issue() }
        let second = try await source.token(replacing: source.token())
        #expect(try await source.token(replacing: second).generation == second.generation)
        clock.advance(by: .seconds(31))
        #expect(try await source.token(replacing: second).generation != second.generation)
    }

    @Test func doesNotKeepAFailure() async throws {
        let count = Mutex(0)
        let source = TokenSource(time: TestClock().source) { () async throws(APIError) in
            if count.withLock({ count in
                count += 1; return count
            }) == 1 {
                throw APIError(.network, name: "NetworkError", message: "down")
            }
            return (Secret("t"), .seconds(60))
        }
        await #expect(throws: APIError.self) { try await source.token() }
        #expect(try await source.token().authorization.reveal() == "Bearer t")
    }

    @Test func letsACancelledCallerGoAndServesTheOthers() async throws {
        let gate = AsyncStream<Void>.makeStream()
        let source = TokenSource(time: TestClock().source) { () async throws(APIError) in
            for await _ in gate.stream { break }
            if Task.isCancelled { throw .cancelled() }
            return (Secret("t"), .seconds(60))
        }
        let impatient = Task { try await source.token() }
        let patient = Task { try await source.token() }
        while source.waiterCount < 2 { await Task.yield() }
        impatient.cancel()
        let error = await #expect(throws: APIError.self) { try await impatient.value }
        #expect(error?.name == "CancelledError")
        gate.continuation.yield()
        #expect(try await patient.value.authorization.reveal() == "Bearer t")
    }

    @Test func endsTheRequestWithItsLastCaller() async throws {
        let ended = AsyncStream<Bool>.makeStream()
        let source = TokenSource(time: TestClock().source) { () async throws(APIError) in
            while !Task.isCancelled { await Task.yield() }
            ended.continuation.yield(true)
            throw .cancelled()
        }
        let caller = Task { try await source.token() }
        while source.waiterCount < 1 { await Task.yield() }
        caller.cancel()
        _ = await caller.result
        for await isCancelled in ended.stream {
            #expect(isCancelled)
            break
        }
    }

    @Test func waitsNoLongerThanItMay() async {
        let source = TokenSource(time: TestClock().source) { () async throws(APIError) in
            while !Task.isCancelled { await Task.yield() }
            throw .cancelled()
        }
        let error = await #expect(throws: APIError.self) { try await source.token(within: .seconds(1)) }
        #expect(error?.kind == .timeout)
    }
}
