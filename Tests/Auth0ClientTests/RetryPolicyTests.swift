// The whole retry table, without a clock or a socket.

import Auth0API
import Auth0Client
import Testing

@Suite struct RetryPolicyTests {
    static let now = 1_767_225_600.0  // 2026-01-01T00:00:00Z
    let policy = RetryPolicy()

    func decide(
        _ verb: Verb, _ outcome: RetryPolicy.Outcome, retries: Int = 0, isRepeatable: Bool = false,
        canRefresh: Bool = false, random: Double = 0, policy: RetryPolicy = RetryPolicy()
    ) -> RetryPolicy.Decision {
        policy.decision(
            after: RetryPolicy.Attempt(
                verb: verb, isRepeatable: isRepeatable, outcome: outcome, retries: retries,
                canRefreshToken: canRefresh, now: Self.now),
            random: random)
    }
    func wait(_ headers: [(String, String)], status: Int = 429, random: Double = 0, retries: Int = 0) -> Duration? {
        let outcome = RetryPolicy.Outcome.response(
            status: status, headers: Headers(headers.map { (name: $0.0, value: $0.1) }))
        guard case .retry(let after) = decide(.get, outcome, retries: retries, random: random) else { return nil }
        return after
    }

    @Test(arguments: Verb.allCases, [408, 429, 500, 502, 503, 504])
    func retriesPassingStatusesUnlessAPostMightBeDoneTwice(verb: Verb, status: Int) {
        let outcome = RetryPolicy.Outcome.response(status: status, headers: Headers())
        let isRetried = decide(verb, outcome) != .stop
        #expect(isRetried == (verb != .post || status == 429))
        #expect(decide(verb, outcome, isRepeatable: true) != .stop)
    }

    @Test(arguments: Verb.allCases, [APIError.Kind.network, .timeout])
    func retriesWithoutAnAnswerUnlessAPostMayHaveArrived(verb: Verb, kind: APIError.Kind) {
        #expect(decide(verb, .noResponse(kind, maybeSent: false)) != .stop)
        #expect((decide(verb, .noResponse(kind, maybeSent: true)) != .stop) == (verb != .post))
        #expect(decide(verb, .noResponse(kind, maybeSent: true), isRepeatable: true) != .stop)
    }

    @Test(arguments: Verb.allCases, [400, 402, 403, 404, 409, 410, 412, 413, 422, 301])
    func neverRetriesOtherStatuses(verb: Verb, status: Int) {
        #expect(decide(verb, .response(status: status, headers: Headers()), isRepeatable: true) == .stop)
    }

    @Test(arguments: [APIError.Kind.cancelled, .argument, .limit, .config, .parse])
    func neverRetriesWhatIsNotTheNetworksFault(kind: APIError.Kind) {
        #expect(decide(.get, .noResponse(kind, maybeSent: false)) == .stop)
    }

    @Test(arguments: Verb.allCases)
    func asksForOneFreshTokenOn401(verb: Verb) {
        let refused = RetryPolicy.Outcome.response(status: 401, headers: Headers())
        #expect(decide(verb, refused, retries: 9, canRefresh: true) == .refreshToken)
        #expect(decide(verb, refused, canRefresh: false) == .stop)
    }

    @Test func stopsAfterTheLastRetry() {
        let busy = RetryPolicy.Outcome.response(status: 429, headers: Headers())
        #expect(decide(.get, busy, retries: 1) != .stop)
        #expect(decide(.get, busy, retries: 2) == .stop)
        #expect(decide(.get, busy, policy: RetryPolicy(maxRetries: 0)) == .stop)
    }

    @Test func waitsTheSecondsThatTheServerGives() {
        #expect(wait([("retry-after", "3")]) == .seconds(3))
        #expect(wait([("Retry-After", "3")], status: 503) == .seconds(3))
        #expect(wait([("retry-after", "3"), ("x-ratelimit-reset", "1767225700")]) == .seconds(3))
    }

    @Test(arguments: [
        ("Thu, 01 Jan 2026 00:00:07 GMT", 7.0), ("Thursday, 01-Jan-26 00:00:07 GMT", 7),
        ("Thu Jan  1 00:00:07 2026", 7),
        ("Thu, 01 Jan 2026 00:10:00 GMT", 60), ("Wed, 31 Dec 2025 23:00:00 GMT", 0.5),
        ("Fri, 01 Jan 2100 00:00:00 GMT", 0.5), ("soon", 0.5), ("-5", 0.5), ("0", 0.5), ("1e400", 0.5), ("nan", 0.5),
    ])
    func waitsUntilTheDateThatTheServerGivesWithinReason(text: String, seconds: Double) {
        #expect(wait([("retry-after", text)]) == .seconds(seconds))
    }

    @Test func measuresADateAgainstTheServersOwnClock() {
        let skewed = [("retry-after", "Thu, 01 Jan 2026 09:00:04 GMT"), ("date", "Thu, 01 Jan 2026 09:00:00 GMT")]
        #expect(wait(skewed) == .seconds(4))
        #expect(wait([("x-ratelimit-reset", "1767225603"), ("date", "Wed, 31 Dec 2025 23:59:58 GMT")]) == .seconds(5))
    }

    @Test(arguments: [
        ("1767225610", 10.0), ("1767225500", 0.5), ("4102444800", 0.5), ("1767225610000", 0.5), ("", 0.5),
        ("1767229200", 60),
    ])
    func waitsUntilTheLimitIsResetWithinReason(reset: String, seconds: Double) {
        #expect(wait([("x-ratelimit-reset", reset)]) == .seconds(seconds))
    }

    @Test func looksAtTheResetOfALimitOnlyWhenItIsExhausted() {
        #expect(
            wait([("x-ratelimit-reset", "1767225610"), ("x-ratelimit-remaining", "12")], status: 500) == .seconds(0.5))
        #expect(
            wait([("x-ratelimit-reset", "1767225610"), ("x-ratelimit-remaining", "0")], status: 503) == .seconds(10))
    }

    @Test func doublesTheWaitAndSpreadsIt() {
        #expect(wait([], status: 500) == .seconds(0.5))
        #expect(wait([], status: 500, retries: 1) == .seconds(1))
        #expect(wait([], status: 500, random: 0.5, retries: 1) == .seconds(1.125))
        let many = RetryPolicy(maxRetries: 100)
        let outcome = RetryPolicy.Outcome.response(status: 500, headers: Headers())
        #expect(decide(.get, outcome, retries: 90, policy: many) == .retry(after: .seconds(60)))
    }
}
