// One attempt of a call as a program may watch it: what was sent where, and how it ended. It holds no header, no body and
// no query, so no secret either.

import Auth0API

/// An attempt to send a request, after it ended.
public struct RequestAttempt: Sendable, CustomStringConvertible {
    /// How an attempt ended.
    public enum Outcome: Sendable, Equatable {
        /// The server answered with this status.
        case status(Int)
        /// There was no answer; the error's class and kind.
        case error(name: String, kind: APIError.Kind)

        init(_ result: Result<APIResponse, APIError>) {
            self =
                switch result {
                case .success(let response): .status(response.status)
                case .failure(let error): .error(name: error.name, kind: error.kind)
                }
        }
    }

    /// Dotted name, without its API: `users.list`.
    public let operation: String
    /// The HTTP verb.
    public let method: String
    /// Without its query.
    public let url: String
    /// From 1; retries of the same call count on.
    public let number: Int
    public let outcome: Outcome
    /// Of this attempt, its body included.
    public let duration: Duration

    /// One line for a log.
    public var description: String {
        let end =
            switch outcome {
            case .status(let status): "\(status)"
            case .error(let name, _): name
            }
        return "\(operation) #\(number) \(method) \(url) \(end) \(Int(duration / .milliseconds(1))) ms"
    }
}
