// The one error of the API boundary: everything a script, a log or a summary can say about a call that failed.

/// Why a call failed.
public struct APIError: Error, Sendable {
    /// The broad cause, which decides the exit code and what a script can do.
    public enum Kind: String, Sendable {
        /// The API answered with an error status.
        case api
        /// No complete answer: refused, reset, DNS, TLS.
        case network
        /// One attempt took longer than its timeout, or the call longer than its deadline.
        case timeout
        /// The call's arguments do not fit the operation; nothing was sent.
        case argument
        /// The answer could not be read.
        case parse
        /// Refused by Luath's own rules; nothing was sent.
        case permission
        /// A cap of the API or of the run.
        case limit
        /// The script, the host or Ctrl-C ended the call.
        case cancelled
        /// Credentials or settings are missing, wrong, or were refused.
        case config
        /// A plan does not allow it.
        case plan
    }
    public var kind: Kind
    /// The class name that scripts test: `NotFoundError`, `TimeoutError`, ...
    public var name: String
    /// One sentence, without secrets.
    public var message: String
    /// Dotted name of the operation (`clients.update`), or nil outside an operation.
    public var operation: String?
    public var status: Int?
    /// Auth0's `errorCode`, or `error` of the Authentication API.
    public var code: String?
    /// What to do next.
    public var hint: String?
    /// Requests sent.
    public var attempts: Int
    /// How long the server asked to wait.
    public var retryAfter: Duration?
    /// The answer, when there was one.
    public var response: APIResponse?
    /// Whether a request may have reached the server without its outcome being known.
    public var outcomeUnknown: Bool

    public init(
        _ kind: Kind, name: String, message: String, operation: String? = nil, status: Int? = nil,
        code: String? = nil, hint: String? = nil, attempts: Int = 0, retryAfter: Duration? = nil,
        response: APIResponse? = nil, outcomeUnknown: Bool = false
    ) {
        self.kind = kind
        self.name = name
        self.message = message
        self.operation = operation
        self.status = status
        self.code = code
        self.hint = hint
        self.attempts = attempts
        self.retryAfter = retryAfter
        self.response = response
        self.outcomeUnknown = outcomeUnknown
    }
}

extension APIError: CustomStringConvertible {
    public var description: String {
        let place = operation.map { "\($0): " } ?? ""
        let advice = hint.map { " (\($0))" } ?? ""
        return "\(name): \(place)\(message)\(advice)"
    }
}
