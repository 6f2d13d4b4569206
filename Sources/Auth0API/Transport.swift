// The edge of the client: everything above it is values, everything below it is sockets.

/// Sends one request and gives the whole answer, once: no retry, no redirect for writes.
public protocol Transport: Sendable {
    /// - Parameters:
    ///   - request: what to send.
    ///   - timeout: bounds connecting, sending, the headers and the whole body.
    /// - Throws: `APIError` of kind `network`, `timeout`, `limit` or `cancelled`. Its `outcomeUnknown` says
    ///   whether the server may have seen the request.
    func send(_ request: APIRequest, timeout: Duration) async throws(APIError) -> APIResponse
}
