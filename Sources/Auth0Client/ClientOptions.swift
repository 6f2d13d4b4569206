// Settings of the clients and of single calls.

import Auth0API
import Logging

/// Settings of a client; every property has a default that suits a tenant on the internet.
public struct ClientOptions: Sendable {
    /// Sent with every request; a call's own headers win.
    public var headers = Headers()
    /// Bounds one attempt: connect, send, headers and the whole body. Default 60 s.
    public var timeout: Duration = .seconds(60)
    /// Bounds a whole call with its retries and waits; nil is no bound.
    public var deadline: Duration?
    /// Retries, waits and their caps. Default 2 retries.
    public var retry = RetryPolicy()
    /// Sent as `Auth0-Custom-Domain` with the operations that take it.
    public var customDomain: String?
    /// Sends the grants and other operations of the Authentication API that take a client certificate to
    /// `mtls.{domain}`, where the certificate is client authentication enough. It is `connection.clientCertificate`, or
    /// that of a proxy in between. Default false.
    public var usesMTLS = false
    /// What `Auth0-Client` tells the tenant about this program.
    public var telemetry = Telemetry()
    /// Certificates, proxies, sizes. Not used when `transport` is set.
    public var connection = ConnectionOptions()
    /// Sends the requests; nil makes an `HTTPTransport` from `connection`. Give several clients the same one to share connections.
    public var transport: (any Transport)?
    public var time = TimeSource.system
    /// Numbers in `0..<1` that spread the waits.
    public var random: @Sendable () -> Double = { .random(in: 0..<1) }
    /// Gets one line an attempt at level `debug`: never headers, bodies or query values.
    public var logger = Logger(label: "auth0.client")
    /// Called after each attempt, those of token requests and of retries too, on any thread; nil is not called. Calls of
    /// one run may be in flight at the same time, and wait for it, so it must be quick.
    public var observe: (@Sendable (RequestAttempt) -> Void)?

    public init() {}
}

/// Settings of one call; nil takes the client's.
public struct CallOptions: Sendable {
    /// Added to the client's headers; a header of the same name is replaced.
    public var headers: Headers
    /// Bounds one attempt, body included.
    public var timeout: Duration?
    /// Bounds the whole call: attempts, waits and the wait for a token.
    public var deadline: Duration?
    /// Retries after the first attempt; 0 is none.
    public var maxRetries: Int?
    /// The tenant's custom domain to use in links and e-mails that the call causes.
    public var customDomain: String?
    /// Says that sending the call twice does the same as once, so that a POST is retried like a PUT.
    public var isIdempotent: Bool

    public init(
        headers: Headers = Headers(), timeout: Duration? = nil, deadline: Duration? = nil, maxRetries: Int? = nil,
        customDomain: String? = nil, isIdempotent: Bool = false
    ) {
        self.headers = headers
        self.timeout = timeout
        self.deadline = deadline
        self.maxRetries = maxRetries
        self.customDomain = customDomain
        self.isIdempotent = isIdempotent
    }
}

/// One call, encoded.
public struct OperationRequest: Sendable {
    public var operation: Operation
    /// Below the API's base, percent-encoded, with the query: `/clients/abc?fields=name`.
    public var path: String
    /// nil sends no body.
    public var body: [UInt8]?
    /// Of the body.
    public var contentType: String
    /// A body of several parts, in place of `body`.
    public var upload: Multipart?

    public init(
        _ operation: Operation, path: String, body: [UInt8]? = nil, contentType: String = "application/json",
        upload: Multipart? = nil
    ) {
        self.operation = operation
        self.path = path
        self.body = body
        self.contentType = upload?.contentType ?? contentType
        self.upload = upload
    }
}
