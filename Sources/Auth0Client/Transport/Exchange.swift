// Collects one answer from AsyncHTTPClient, and remembers how far the request got when there is none.

import AsyncHTTPClient
import Auth0API
import NIOCore
import NIOHTTP1
import Synchronization

/// The state of one request on the wire.
///
/// AsyncHTTPClient's delegate interface is used rather than its async one: it has one deadline for everything up to the
/// last byte of the body, says when the request left, and costs no task a request.
final class Exchange: HTTPClientResponseDelegate {
    typealias Response = APIResponse

    /// How far the request got.
    enum Progress: Sendable { case connecting, sent, answered }
    struct TooLarge: Error {}

    private struct State {
        var progress = Progress.connecting
        var response: APIResponse
        var task: HTTPClient.Task<APIResponse>?
        var isCancelled = false
    }
    private let state: Mutex<State>
    private let maxBytes: Int

    init(url: String, maxBytes: Int) {
        state = Mutex(State(response: APIResponse(status: 0, url: url)))
        self.maxBytes = maxBytes
    }

    var progress: Progress { state.withLock { $0.progress } }

    /// Ties the exchange to its task, so that cancelling one cancels the other in whatever order they come.
    func start(_ task: HTTPClient.Task<APIResponse>) {
        let isCancelled = state.withLock { state in
            state.task = task
            return state.isCancelled
        }
        if isCancelled { task.cancel() }
    }

    func cancel() {
        let task = state.withLock { state in
            state.isCancelled = true
            return state.task
        }
        task?.cancel()
    }

    func didSendRequestHead(task: HTTPClient.Task<Response>, _ head: HTTPRequestHead) {
        state.withLock { $0.progress = .sent }
    }

    func didReceiveHead(task: HTTPClient.Task<Response>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        guard length <= maxBytes else { return task.eventLoop.makeFailedFuture(TooLarge()) }
        state.withLock { state in
            state.progress = .answered
            state.response.status = Int(head.status.code)
            state.response.headers = Headers(head.headers.map { (lowercase($0.name), $0.value) })
            state.response.body.reserveCapacity(length)
        }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Response>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        let fits = state.withLock { state in
            guard state.response.body.count + buffer.readableBytes <= maxBytes else { return false }
            state.response.body.append(contentsOf: buffer.readableBytesView)
            return true
        }
        return fits ? task.eventLoop.makeSucceededVoidFuture() : task.eventLoop.makeFailedFuture(TooLarge())
    }

    func didFinishRequest(task: HTTPClient.Task<Response>) throws -> Response {
        state.withLock { state in
            state.task = nil
            return state.response
        }
    }

    /// Header names mostly arrive in lower case already (always in HTTP/2).
    private func lowercase(_ name: String) -> String {
        name.utf8.contains { $0 &- 65 < 26 } ? name.lowercased() : name
    }
}
