// The edge of the client: everything above it is values, everything below it is sockets.

import Synchronization

/// Sends one request and gives the whole answer, once: no retry, no redirect for writes.
public protocol Transport: Sendable {
    /// - Parameters:
    ///   - request: what to send.
    ///   - timeout: bounds connecting, sending, the headers and the whole body.
    /// - Throws: `APIError` of kind `network`, `timeout`, `limit` or `cancelled`. Its `outcomeUnknown` says
    ///   whether the server may have seen the request.
    func send(_ request: APIRequest, timeout: Duration) async throws(APIError) -> APIResponse

    /// Sends one request and gives its answer while the body is still on its way, for streams that do not end.
    ///
    /// - Parameters:
    ///   - timeout: bounds connecting, sending and the headers.
    ///   - idle: the longest silence in the body.
    func open(_ request: APIRequest, timeout: Duration, idle: Duration) async throws(APIError) -> ResponseStream
}

/// An answer whose body arrives piece by piece.
public struct ResponseStream: Sendable {
    /// Status, headers and URL; the body is empty.
    public let head: APIResponse
    /// The next piece of the body, or nil at its end. Ask again only when it has answered.
    public let next: @Sendable () async throws(APIError) -> [UInt8]?
    /// Ends the stream; `next` then gives nil.
    public let close: @Sendable () -> Void

    public init(
        head: APIResponse, next: @escaping @Sendable () async throws(APIError) -> [UInt8]?,
        close: @escaping @Sendable () -> Void
    ) {
        self.head = head
        self.next = next
        self.close = close
    }
}

extension Transport {
    /// For transports that know whole answers only: the body comes in one piece.
    public func open(_ request: APIRequest, timeout: Duration, idle: Duration) async throws(APIError) -> ResponseStream
    {
        var head = try await send(request, timeout: timeout)
        let rest = Mutex<[UInt8]?>(head.body)
        head.body = []
        return ResponseStream(
            head: head,
            next: { () throws(APIError) in
                rest.withLock { rest in
                    defer { rest = nil }
                    return rest
                }
            }, close: { rest.withLock { $0 = nil } })
    }
}
