// One answer from AsyncHTTPClient whose body is handed out piece by piece, no faster than it is taken.

import AsyncHTTPClient
import Auth0API
import NIOCore
import NIOHTTP1
import Synchronization

/// The state of one streamed answer. The server is held back while more than one piece waits to be taken.
final class StreamExchange: HTTPClientResponseDelegate {
    typealias Response = Void
    typealias Piece = Result<[UInt8]?, any Error>
    struct Silence: Error {}

    private struct State {
        var progress = Exchange.Progress.connecting
        var head: Result<APIResponse, any Error>?
        var headWaiter: CheckedContinuation<APIResponse, any Error>?
        var pieces: [[UInt8]] = []
        /// How the body ended; nil while it has not.
        var end: Piece?
        var waiter: CheckedContinuation<[UInt8]?, any Error>?
        /// Lets the next piece come.
        var held: EventLoopPromise<Void>?
        var task: HTTPClient.Task<Void>?
        var alarm: Scheduled<Void>?
        var isClosed = false
    }
    private let state = Mutex(State())
    private let url: String
    private let idle: TimeAmount

    init(url: String, idle: Duration) {
        self.url = url
        self.idle = .nanoseconds(Int64(idle / .nanoseconds(1)))
    }

    var progress: Exchange.Progress { state.withLock { $0.progress } }

    // MARK: For the reader

    func start(_ task: HTTPClient.Task<Void>) {
        let isClosed = state.withLock { state in
            state.task = task
            return state.isClosed
        }
        if isClosed { task.cancel() }
    }

    /// Status and headers.
    func head() async throws -> APIResponse {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let known = state.withLock { state in
                    if state.head == nil { state.headWaiter = continuation }
                    return state.head
                }
                if let known { continuation.resume(with: known) }
            }
        } onCancel: {
            close()
        }
    }

    /// The next piece of the body, or nil at its end.
    func next() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (piece, held) = state.withLock { state -> (Piece?, EventLoopPromise<Void>?) in
                    var piece: Piece?
                    if !state.pieces.isEmpty {
                        piece = .success(state.pieces.removeFirst())
                    } else {
                        piece = state.end
                        if piece == nil { state.waiter = continuation }
                    }
                    defer { state.held = nil }
                    return (piece, state.held)
                }
                held?.succeed()
                if let piece { continuation.resume(with: piece) }
            }
        } onCancel: {
            close()
        }
    }

    func close() {
        let (task, held) = state.withLock { state in
            state.isClosed = true
            defer { state.held = nil }
            return (state.task, state.held)
        }
        held?.succeed()
        task?.cancel()
    }

    /// Ends the wait for the headers.
    func giveUp(_ error: APIError) {
        guard state.withLock({ $0.head == nil }) else { return }
        end(.failure(error))
        close()
    }

    // MARK: HTTPClientResponseDelegate

    func didSendRequestHead(task: HTTPClient.Task<Response>, _ head: HTTPRequestHead) {
        state.withLock { $0.progress = .sent }
    }

    func didReceiveHead(task: HTTPClient.Task<Response>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let response = APIResponse(
            status: Int(head.status.code), headers: Headers(head.headers.map { ($0.name.lowercased(), $0.value) }),
            url: url)
        let waiter = state.withLock { state in
            state.progress = .answered
            state.head = .success(response)
            defer { state.headWaiter = nil }
            return state.headWaiter
        }
        setAlarm(task)
        waiter?.resume(returning: response)
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Response>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        setAlarm(task)
        let bytes = Array(buffer.readableBytesView)
        let (waiter, held) = state.withLock {
            state -> (CheckedContinuation<[UInt8]?, any Error>?, EventLoopFuture<Void>?) in
            if let waiter = state.waiter {
                state.waiter = nil
                return (waiter, nil)
            }
            state.pieces.append(bytes)
            if state.isClosed { return (nil, nil) }
            let promise = task.eventLoop.makePromise(of: Void.self)
            state.held = promise
            return (nil, promise.futureResult)
        }
        waiter?.resume(returning: bytes)
        return held ?? task.eventLoop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<Response>) throws { end(.success(nil)) }

    func didReceiveError(task: HTTPClient.Task<Response>, _ error: any Error) { end(.failure(error)) }

    private func end(_ end: Piece) {
        let (headWaiter, waiter, final) = state.withLock { state in
            var end = end
            if state.isClosed, state.head != nil { end = .success(nil) }
            state.alarm?.cancel()
            state.task = nil
            state.end = state.end ?? end
            if case .failure(let error) = end, state.head == nil { state.head = .failure(error) }
            defer { (state.headWaiter, state.waiter) = (nil, nil) }
            return (state.headWaiter, state.waiter, end)
        }
        if case .failure(let error) = final { headWaiter?.resume(throwing: error) }
        waiter?.resume(with: final)
    }

    /// A connection that went dead without a word is given up.
    private func setAlarm(_ task: HTTPClient.Task<Response>) {
        let alarm = task.eventLoop.scheduleTask(in: idle) { [self] in
            end(.failure(Silence()))
            task.cancel()
        }
        let former = state.withLock { state in
            defer { state.alarm = alarm }
            return state.alarm
        }
        former?.cancel()
    }
}
