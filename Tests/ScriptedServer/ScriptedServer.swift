// A server on a real socket that does exactly what a test says, also what no HTTP server should.

import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Answers the n-th request that it reads with the n-th script; the last one repeats.
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
    }

    private init(channel: any Channel, log: Log) {
        self.channel = channel
        self.log = log
    }

    package var port: Int { channel.localAddress?.port ?? 0 }
    /// Heads and bodies of all requests, as they came.
    package var requests: [String] { log.requests.withLock { $0 } }
    package var connections: Int { log.connections.withLock { $0 } }

    /// Runs a server for the time of `body`.
    /// - Parameter clients: with `tls`, the authority whose certificate clients must show.
    package static func with(
        _ scripts: [Step]..., tls: Certificates? = nil, clients: Certificates? = nil, onAccept: [Step] = [],
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
                        Handler(scripts: scripts, onAccept: onAccept, log: log))
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
        private let scripts: [[Step]]
        private let onAccept: [Step]
        private let log: Log
        private var received = ""

        init(scripts: [[Step]], onAccept: [Step], log: Log) {
            self.scripts = scripts
            self.onAccept = onAccept
            self.log = log
        }

        func channelActive(context: ChannelHandlerContext) { run(onAccept[...], context.channel) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received += String(buffer: unwrapInboundIn(data))
            guard let end = received.firstRange(of: "\r\n\r\n"), !scripts.isEmpty else { return }
            let length =
                received.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                .flatMap { Int($0.dropFirst(15).filter(\.isNumber)) } ?? 0
            guard received[end.upperBound...].utf8.count >= length else { return }
            let number = log.requests.withLock { requests in
                requests.append(received)
                return requests.count - 1
            }
            received = ""
            run(scripts[min(number, scripts.count - 1)][...], context.channel)
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
