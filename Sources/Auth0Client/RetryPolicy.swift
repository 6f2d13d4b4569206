// Whether a request may be sent again, and when: a pure value, so that its whole table can be tested without a clock.

import Auth0API

/// Decides, after each attempt, between giving up, sending again after a wait, and sending again with a fresh token.
///
/// | outcome | GET, PUT, PATCH, DELETE | POST |
/// |---|---|---|
/// | nothing was sent (refused, DNS, TLS) | retry | retry |
/// | 429 | retry | retry |
/// | 408, 5xx but 501, reset or timeout after sending | retry | only when repeatable |
/// | 401 | fresh token, once | fresh token, once |
/// | anything else | stop | stop |
///
/// The wait is `Retry-After`, else `x-ratelimit-reset`, else an exponential backoff with jitter. Dates are measured
/// against the answer's own `Date`, so a wrong clock on either side does no harm; a moment that has passed or is
/// absurdly far counts as no information.
public struct RetryPolicy: Sendable {
    /// Retries after the first attempt; 0 is none. Default 2.
    public var maxRetries: Int
    /// The shortest wait, and the first step of the backoff. Default 0.5 s.
    public var floor: Duration
    /// The longest wait, whatever the server asks. Default 60 s.
    public var cap: Duration

    public init(maxRetries: Int = 2, floor: Duration = .milliseconds(500), cap: Duration = .seconds(60)) {
        self.maxRetries = maxRetries
        self.floor = floor
        self.cap = cap
    }

    /// How an attempt ended.
    public enum Outcome: Sendable {
        case response(status: Int, headers: Headers)
        /// No answer. `maybeSent` says whether the server may have seen the request.
        case noResponse(APIError.Kind, maybeSent: Bool)
    }

    public enum Decision: Sendable, Equatable {
        case stop
        case retry(after: Duration)
        /// Send again at once, with a new token; does not count as a retry.
        case refreshToken
    }

    /// What is known when an attempt has ended.
    public struct Attempt: Sendable {
        public var verb: Verb
        /// Whether the caller vouches that a repeated POST does no harm.
        public var isRepeatable: Bool
        public var outcome: Outcome
        /// Retries made before this attempt, 0 for the first; attempts with a refreshed token do not count.
        public var retries: Int
        /// Whether the token of this attempt can be replaced and has not been yet.
        public var canRefreshToken: Bool
        /// UNIX seconds by this machine's clock.
        public var now: Double

        public init(
            verb: Verb, isRepeatable: Bool = false, outcome: Outcome, retries: Int = 0,
            canRefreshToken: Bool = false, now: Double
        ) {
            self.verb = verb
            self.isRepeatable = isRepeatable
            self.outcome = outcome
            self.retries = retries
            self.canRefreshToken = canRefreshToken
            self.now = now
        }
    }

    /// - Parameter random: in `0..<1`, spreads the waits of callers that failed together.
    public func decision(after attempt: Attempt, random: Double) -> Decision {
        if case .response(401, _) = attempt.outcome { return attempt.canRefreshToken ? .refreshToken : .stop }
        guard attempt.retries < maxRetries, mayRepeat(attempt) else { return .stop }
        return .retry(after: wait(after: attempt, random: random))
    }

    private func mayRepeat(_ attempt: Attempt) -> Bool {
        let isSafe = attempt.verb != .post || attempt.isRepeatable
        switch attempt.outcome {
        case .response(429, _): return true
        case .response(408, _): return isSafe
        case .response(let status, _): return status >= 500 && status != 501 && isSafe
        case .noResponse(.network, let maybeSent), .noResponse(.timeout, let maybeSent): return !maybeSent || isSafe
        case .noResponse: return false
        }
    }

    private func wait(after attempt: Attempt, random: Double) -> Duration {
        guard case .response(let status, let headers) = attempt.outcome else {
            return backoff(retries: attempt.retries, random: random)
        }
        if let asked = Self.retryAfter(headers, now: attempt.now) {
            return min(max(asked, floor), cap)
        }
        if let reset = Self.untilReset(status: status, headers: headers, now: attempt.now) {
            return min(max(reset * (1 + 0.2 * random), floor), cap)
        }
        return backoff(retries: attempt.retries, random: random)
    }

    private func backoff(retries: Int, random: Double) -> Duration {
        let step = floor * Double(1 << min(retries, 16))
        return min(max(step * (1 + 0.25 * random), floor), cap)
    }

    /// How long `Retry-After` asks to wait: whole seconds or an HTTP date; nil without it, or when it makes no sense.
    ///
    /// Source: RFC 9110 §10.2.3.
    public static func retryAfter(_ headers: Headers, now: Double) -> Duration? {
        guard let text = headers["retry-after"] else { return nil }
        if let seconds = Double(text) { return seconds >= 0 ? plausible(seconds) : nil }
        guard let date = HTTPDate.seconds(text) else { return nil }
        let wait = date - serverNow(headers, now: now)
        return wait > 0 ? plausible(wait) : nil
    }

    /// The time until the rate limit's window ends. Outside 429 only an exhausted limit counts.
    private static func untilReset(status: Int, headers: Headers, now: Double) -> Duration? {
        guard let text = headers["x-ratelimit-reset"], let reset = Double(text) else { return nil }
        guard status == 429 || headers["x-ratelimit-remaining"].map({ $0 == "0" }) ?? true else { return nil }
        let wait = reset - serverNow(headers, now: now)
        return wait > 0 ? plausible(wait) : nil
    }

    /// Beyond a day it is a mistake (milliseconds, a broken clock), not a request.
    private static func plausible(_ seconds: Double) -> Duration? {
        seconds.isFinite && seconds <= 86_400 ? .seconds(seconds) : nil
    }

    private static func serverNow(_ headers: Headers, now: Double) -> Double {
        headers["date"].flatMap(HTTPDate.seconds) ?? now
    }
}
