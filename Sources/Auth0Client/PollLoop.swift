// Asks again while a person has not answered yet: device codes and logins on another device.

import Auth0API

/// Repeats one question at a time until the answer is another than "wait".
struct PollLoop: Sendable {
    let time: TimeSource
    /// The time between two questions; `slow_down` makes it five seconds longer from then on (RFC 8628 §3.5).
    var interval: Duration
    /// Bounds everything; nil does not.
    let deadline: Duration?
    /// Values of `error` that mean: wait.
    let waitingErrors: [String]

    /// - Parameter ask: gets what the deadline leaves, if there is one.
    /// - Returns: the first answer that is none of the waiting errors; its `attempts` count all questions.
    /// - Throws: any other error, kind `timeout` when the deadline ends the wait, `cancelled` as soon as the task is.
    func run(
        _ ask: (Duration?) async throws(APIError) -> APIResponse
    ) async throws(APIError) -> APIResponse {
        let start = time.now()
        var interval = interval
        var attempts = 0, failures = 0
        while true {
            let remaining = deadline.map { $0 - (time.now() - start) }
            let wait: Duration
            do throws(APIError) {
                var response = try await ask(remaining)
                response.attempts += attempts
                return response
            } catch {
                attempts += error.attempts
                var error = error
                error.attempts = attempts
                if error.kind == .api, let code = error.code, waitingErrors.contains(code) {
                    failures = 0
                    if code == "slow_down" { interval += .seconds(5) }
                } else {
                    // A question that was lost is asked again, less often each time (RFC 8628 §3.5).
                    failures += 1
                    guard mayPass(error), failures <= 5 else { throw error }
                    interval *= 2
                }
                wait = max(interval, error.retryAfter ?? .zero)
                if let deadline, deadline - (time.now() - start) <= wait { throw outOfTime(deadline, error) }
            }
            do { try await time.sleep(wait) } catch { throw .cancelled() }
        }
    }

    private func mayPass(_ error: APIError) -> Bool {
        error.kind == .network || error.kind == .timeout || (500...599).contains(error.status ?? 0)
    }

    private func outOfTime(_ deadline: Duration, _ last: APIError) -> APIError {
        var error = APIError.timeout(
            message: "the call's deadline of \(deadline.text) leaves no time to ask again (the last answer was "
                + "\(last.code ?? last.name))")
        error.operation = last.operation
        error.code = last.code
        error.attempts = last.attempts
        error.hint = "give the call a longer deadline; the person may not have answered yet"
        return error
    }
}
