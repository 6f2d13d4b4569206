// A stream of events that does not end when its connection does.

import Auth0API

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Events of a tenant, one at a time, for as long as anyone asks (`events.subscribe`).
///
/// When the connection ends, for whatever reason, a new one goes on after the last offset; progress messages are not
/// handed out. Source: https://auth0.com/docs/customize/events/consume-events-with-events-api
public actor EventStream {
    /// Opens a connection that starts after an offset; nil starts as the caller's request says.
    typealias Connect = @Sendable (_ offset: String?) async throws(APIError) -> ResponseStream

    private let connect: Connect
    private let time: TimeSource
    private let operation: String
    /// Failed connections in a row that are borne.
    private let mostFailures: Int
    private var connection: ResponseStream?
    private var parser = ServerSentEventParser()
    private var waiting: [ServerSentEvent] = []
    private var failures = 0
    /// Before the next connection; the server may say another.
    private var pause = Duration.seconds(1)
    private var isClosed = false
    private var isBeingRead = false
    /// Where the stream stands: a value for `from` that goes on after the last event.
    public private(set) var offset: String?
    /// Status and headers of the latest connection.
    public private(set) var response: APIResponse?

    init(operation: String, time: TimeSource, mostFailures: Int, connect: @escaping Connect) {
        self.operation = operation
        self.time = time
        self.mostFailures = mostFailures
        self.connect = connect
    }

    /// Connects, so that a refusal is seen before the first event is waited for.
    func open() async throws(APIError) { _ = try await connected() }

    deinit { connection?.close() }

    /// The next event; nil when the stream was closed, or has ended for good (status 204). One reader at a time.
    ///
    /// - Throws: what connecting throws when the tenant refuses or stays out of reach; kind `api` with the code of an
    ///   error message in the stream (`cursor_expired`); kind `cancelled`. After an error the next call goes on.
    public func next() async throws(APIError) -> ServerSentEvent? {
        guard !isBeingRead else {
            throw APIError(
                .argument, name: "InvalidArgumentError",
                message: "another task waits for the next event of this stream",
                operation: operation, hint: "read a stream in one task, or open one for each")
        }
        isBeingRead = true
        defer { isBeingRead = false }
        while !isClosed {
            if let event = try nextWaiting() { return event }
            let stream = try await connected()
            if stream.head.status == 204 {
                close()
                break
            }
            do throws(APIError) {
                if let bytes = try await stream.next() {
                    waiting += try parse(bytes)
                    continue
                }
            } catch  where error.kind == .network || error.kind == .timeout {
                // The connection is made anew, as after an orderly end.
            }
            drop()
            // A connection that brought nothing is as good as one that failed.
            failures += 1
            try await sleep(backoff)
        }
        return nil
    }

    /// Ends the stream and its connection.
    public func close() {
        isClosed = true
        drop()
    }

    private func drop() {
        connection?.close()
        connection = nil
    }

    private func parse(_ bytes: [UInt8]) throws(APIError) -> [ServerSentEvent] {
        defer { pause = max(parser.retry ?? pause, .milliseconds(100)) }
        do { return try parser.read(bytes) } catch {
            drop()
            throw APIError(
                .limit, name: "LimitError",
                message: "an event is longer than \(ServerSentEventParser.maxBytes >> 20) MiB", operation: operation)
        }
    }

    private func nextWaiting() throws(APIError) -> ServerSentEvent? {
        while !waiting.isEmpty {
            let event = waiting.removeFirst()
            failures = 0
            // An event's own offset is newer than an id that an earlier one has left behind.
            if let place = Message(event.data).offset ?? event.id, !place.isEmpty { offset = place }
            switch event.type {
            case "offset-only": continue
            case "error":
                let detail = Message(event.data).error
                // The server asks for a new connection in these cases.
                if let code = detail?.code, ["timeout", "connection_timeout"].contains(code) { continue }
                throw APIError(
                    .api, name: "EventStreamError", message: detail?.message ?? "the stream reported an error",
                    operation: operation, code: detail?.code, hint: Self.hint(detail?.code))
            default: return event
            }
        }
        return nil
    }

    private static func hint(_ code: String?) -> String? {
        ["cursor_expired", "invalid_cursor"].contains(code)
            ? "the offset is no longer known: start without 'from', or with 'from_timestamp'" : nil
    }

    private func connected() async throws(APIError) -> ResponseStream {
        if let connection { return connection }
        while true {
            do throws(APIError) {
                let made = try await connect(offset)
                guard !isClosed else {
                    made.close()
                    throw .cancelled()
                }
                parser = ServerSentEventParser()
                connection = made
                response = made.head
                return made
            } catch {
                failures += 1
                let mayPass =
                    error.kind == .network || error.kind == .timeout || error.status == 429
                    || (error.status ?? 0) >= 500
                // The first connection fails at once: nothing was streaming yet.
                guard mayPass, response != nil, failures <= mostFailures else { throw error }
                try await sleep(max(backoff, error.retryAfter ?? .zero))
            }
        }
    }

    /// The pause, twice as long after each connection in a row that brought nothing.
    private var backoff: Duration { min(pause * (1 << min(max(failures - 1, 0), 16)), .seconds(60)) }

    private func sleep(_ duration: Duration) async throws(APIError) {
        do { try await time.sleep(duration) } catch { throw .cancelled() }
    }

    /// What a message says besides its event: `{offset, error: {code, message}}`.
    private struct Message: Decodable {
        struct Detail: Decodable {
            var code: String?
            var message: String?
        }
        var offset: String?
        var error: Detail?

        init(_ data: String) {
            self = (try? JSONDecoder().decode(Message.self, from: Data(data.utf8))) ?? Message()
        }
        private init() {}
    }
}
