// Lets the loop of a call open a stream: the loop sees the head as an answer, and the stream is kept for its reader.

import Auth0API
import Synchronization

/// A transport that opens requests instead of sending them.
final class Opening: Transport {
    /// A silence that no stream with progress messages has.
    private static let idle = Duration.seconds(120)
    private let transport: any Transport
    private let opened = Mutex<ResponseStream?>(nil)

    init(_ transport: any Transport) { self.transport = transport }

    func send(_ request: APIRequest, timeout: Duration) async throws(APIError) -> APIResponse {
        let stream = try await transport.open(request, timeout: timeout, idle: Self.idle)
        var response = stream.head
        if (200..<300).contains(response.status) {
            opened.withLock { $0 = stream }
            return response
        }
        // An error has a body, and an end.
        while response.body.count < 1 << 20, let bytes = try await stream.next() { response.body += bytes }
        stream.close()
        return response
    }

    /// The stream of the last answer, which was a success.
    func stream(_ operation: Operation) throws(APIError) -> ResponseStream {
        guard let stream = opened.withLock({ $0 }) else { throw .cancelled() }
        return stream
    }
}
