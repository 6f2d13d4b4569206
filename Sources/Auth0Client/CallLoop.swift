// The one loop of a call: token → transport → retry policy, until there is an answer, an error, or no time left.

import Auth0API
import Logging

/// Sends a request as often as the policy says.
struct CallLoop: Sendable {
    let transport: any Transport
    let time: TimeSource
    let random: @Sendable () -> Double
    let logger: Logger
    let observe: (@Sendable (RequestAttempt) -> Void)?

    /// What the loop has to know about a call.
    struct Call: Sendable {
        var operation: String
        var verb: Verb
        /// Whether a repeated POST does no harm.
        var isRepeatable: Bool
        /// nil sends the request as it is.
        var tokens: TokenSource?
        var timeout: Duration
        var deadline: Duration?
        var policy: RetryPolicy
        /// Values of `error` that are the answer to the question, whatever their status: they are not retried here.
        var pollErrors: [String] = []

        /// Whether the policy has no say in this answer.
        func isSettled(by response: APIResponse) -> Bool {
            if response.status < 400 { return true }
            guard !pollErrors.isEmpty, let error = TextFields(response.body)["error"] else { return false }
            return pollErrors.contains(error)
        }
    }

    /// The same loop over another transport.
    func over(_ transport: any Transport) -> CallLoop {
        CallLoop(transport: transport, time: time, random: random, logger: logger, observe: observe)
    }

    /// The answer of the last attempt, whatever its status.
    func send(_ request: APIRequest, for call: Call) async throws(APIError) -> APIResponse {
        var request = request
        var attempts = 0
        do throws(APIError) {
            return try await send(&request, for: call, attempts: &attempts)
        } catch {
            var error = error
            error.operation = call.operation
            error.attempts = max(error.attempts, attempts)
            throw error
        }
    }

    private func send(
        _ request: inout APIRequest, for call: Call, attempts: inout Int
    ) async throws(APIError) -> APIResponse {
        let start = call.deadline == nil ? .zero : time.now()
        var retries = 0
        var canRefresh = call.tokens?.canRenew ?? false
        var token = try await call.tokens?.token(within: call.deadline)
        while true {
            if let token { request.authorization = token.authorization }
            attempts += 1
            let remaining = try remaining(of: call, since: start)
            let sent = await attempt(request, for: call, number: attempts, remaining: remaining)
            let outcome: RetryPolicy.Outcome =
                switch sent {
                case .success(let response): .response(status: response.status, headers: response.headers)
                case .failure(let error): .noResponse(error.kind, maybeSent: error.outcomeUnknown)
                }
            if case .success(let response) = sent, call.isSettled(by: response) { return response }
            let decision = call.policy.decision(
                after: RetryPolicy.Attempt(
                    verb: call.verb, isRepeatable: call.isRepeatable, outcome: outcome, retries: retries,
                    canRefreshToken: canRefresh, now: time.unixSeconds()),
                random: random())
            switch decision {
            case .stop:
                return try sent.get()
            case .refreshToken:
                canRefresh = false
                let fresh = try await call.tokens?.token(
                    replacing: token, within: self.remaining(of: call, since: start))
                if fresh?.generation == token?.generation { return try sent.get() }
                token = fresh
            case .retry(let wait):
                retries += 1
                if let remaining = try self.remaining(of: call, since: start), wait >= remaining {
                    throw outOfTime(call, wait: wait, after: sent)
                }
                do {
                    try await time.sleep(wait)
                } catch {
                    throw .cancelled()
                }
            }
        }
    }

    /// One attempt under the shorter of its own timeout and what the deadline leaves.
    private func attempt(
        _ request: APIRequest, for call: Call, number: Int, remaining: Duration?
    ) async -> Result<APIResponse, APIError> {
        let isWatched = observe != nil || logger.logLevel <= .debug
        let start = isWatched ? time.now() : .zero
        var result: Result<APIResponse, APIError>
        do throws(APIError) {
            var response = try await transport.send(request, timeout: min(call.timeout, remaining ?? call.timeout))
            response.attempts = number
            result = .success(response)
        } catch {
            result = .failure(error)
        }
        if case .failure(var error) = result, error.kind == .timeout, let remaining, remaining < call.timeout {
            error.message += "; the call's deadline of \(call.deadline?.text ?? "") has passed"
            result = .failure(error)
        }
        if isWatched {
            let attempt = RequestAttempt(
                operation: call.operation, method: request.method, url: String(request.url.prefix { $0 != "?" }),
                number: number, outcome: RequestAttempt.Outcome(result), duration: time.now() - start)
            logger.debug("\(attempt)")
            observe?(attempt)
        }
        return result
    }

    private func remaining(of call: Call, since start: Duration) throws(APIError) -> Duration? {
        guard let deadline = call.deadline else { return nil }
        let remaining = deadline - (time.now() - start)
        guard remaining > .zero else {
            throw .timeout(message: "the call's deadline of \(deadline.text) has passed")
        }
        return remaining
    }

    private func outOfTime(_ call: Call, wait: Duration, after sent: Result<APIResponse, APIError>) -> APIError {
        let deadline = call.deadline?.text ?? ""
        var error = APIError.timeout(message: "")
        let cause: String
        switch sent {
        case .success(let response):
            cause = "status \(response.status)"
            error.status = response.status
            error.response = response
            error.retryAfter = wait
        case .failure(let failure):
            cause = failure.message
            error.outcomeUnknown = failure.outcomeUnknown
        }
        error.message =
            "the call's deadline of \(deadline) leaves no time for the wait of \(wait.text) before the next attempt"
            + " (the last one ended with \(cause))"
        error.hint = "give the call a longer deadline, or fewer calls at a time"
        return error
    }
}

extension APIError {
    static func cancelled() -> APIError {
        APIError(.cancelled, name: "CancelledError", message: "the call was cancelled")
    }
    static func timeout(message: String, outcomeUnknown: Bool = false) -> APIError {
        APIError(
            .timeout, name: "TimeoutError", message: message,
            hint: "check the connection to the tenant, or give the call a longer timeout",
            outcomeUnknown: outcomeUnknown)
    }
}
