// A server on a real socket that does exactly what a test says, also what no HTTP server should.

import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Answers the n-th request that it reads with the n-th script; the last one repeats. Connections are kept open.
package final class ScriptedServer: Sendable {
    package enum Step: Sendable {
        case send(String)
        /// One byte at a time, for ever.
        case drip(String, every: TimeAmount)
        case close
        /// Closes so that the other side sees a reset.
        case reset
    }
    private let channel: any Channel
    private let log: Log

    fileprivate final class Log: Sendable {
        let requests = Mutex([String]())
        let connections = Mutex(0)
        let open = Mutex(0)
    }

    private init(channel: any Channel, log: Log) {
        self.channel = channel
        self.log = log
    }

    package var port: Int { channel.localAddress?.port ?? 0 }
    /// Heads and bodies of all requests, as they came.
    package var requests: [String] { log.requests.withLock { $0 } }
    package var connections: Int { log.connections.withLock { $0 } }
    /// Connections that neither side has closed.
    package var openConnections: Int { log.open.withLock { $0 } }

    /// As below, with the n-th script as the answer to the n-th request; the last one repeats.
    package static func with(
        _ scripts: [Step]..., tls: Certificates? = nil, clients: Certificates? = nil, onAccept: [Step] = [],
        _ body: (ScriptedServer) async throws -> Void
    ) async throws {
        try await with(
            answers: { number, _ in scripts.isEmpty ? [] : scripts[min(number, scripts.count - 1)] }, tls: tls,
            clients: clients, onAccept: onAccept, body)
    }

    /// Runs a server for the time of `body`.
    ///
    /// - Parameters:
    ///   - answers: gets the number of the request, from 0, and the request as it came.
    ///   - clients: with `tls`, the authority whose certificate clients must show.
    package static func with(
        answers: @escaping @Sendable (Int, String) -> [Step], tls: Certificates? = nil, clients: Certificates? = nil,
        onAccept: [Step] = [],
        _ body: (ScriptedServer) async throws -> Void
    ) async throws {
        let log = Log()
        let context = try tls.map { try NIOSSLContext(configuration: $0.serverConfiguration(clients: clients)) }
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.allowRemoteHalfClosure, value: false)
            .childChannelInitializer { child in
                log.connections.withLock { $0 += 1 }
                return child.eventLoop.makeCompletedFuture {
                    if let context {
                        try child.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }
                    try child.pipeline.syncOperations.addHandler(
                        Handler(answers: answers, onAccept: onAccept, log: log))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = ScriptedServer(channel: channel, log: log)
        do {
            try await body(server)
        } catch {
            try? await channel.close().get()
            throw error
        }
        try? await channel.close().get()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let answers: @Sendable (Int, String) -> [Step]
        private let onAccept: [Step]
        private let log: Log
        private var received = ByteBuffer()

        init(answers: @escaping @Sendable (Int, String) -> [Step], onAccept: [Step], log: Log) {
            self.answers = answers
            self.onAccept = onAccept
            self.log = log
        }

        func channelActive(context: ChannelHandlerContext) {
            log.open.withLock { $0 += 1 }
            run(onAccept[...], context.channel)
        }

        func channelInactive(context: ChannelHandlerContext) { log.open.withLock { $0 -= 1 } }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var part = unwrapInboundIn(data)
            received.writeBuffer(&part)
            while let request = nextRequest() {
                let number = log.requests.withLock { requests in
                    requests.append(request)
                    return requests.count - 1
                }
                run(answers(number, request)[...], context.channel)
            }
        }

        /// Takes a request off what was received once all of it is there.
        private func nextRequest() -> String? {
            let bytes = received.readableBytesView
            guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound else { return nil }
            let head = String(decoding: bytes[..<end], as: UTF8.self)
            let length =
                head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                .flatMap { Int($0.dropFirst(15).filter(\.isNumber)) } ?? 0
            return received.readString(length: bytes.distance(from: bytes.startIndex, to: end) + length)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

        private func run(_ steps: ArraySlice<Step>, _ channel: any Channel) {
            for step in steps {
                switch step {
                case .send(let text):
                    channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
                case .drip(let text, let pause):
                    channel.eventLoop.scheduleRepeatedTask(initialDelay: pause, delay: pause) { task in
                        guard channel.isActive else { return task.cancel() }
                        channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
                    }
                case .close:
                    channel.close(promise: nil)
                case .reset:
                    let linger = ChannelOptions.Types.SocketOption(level: .socket, name: .so_linger)
                    channel.setOption(linger, value: SocketOptionValue(0)).assumeIsolated().whenComplete { _ in
                        channel.close(promise: nil)
                    }
                }
            }
        }
    }
}
