// Sends a body of several parts; files are read in pieces on a thread of their own while the network takes them.

import AsyncHTTPClient
import Auth0API
import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Multipart {
    struct Unreadable: Error { let path: String }
    private static let chunkBytes = 64 << 10

    func body(on loop: any EventLoop) -> HTTPClient.Body {
        .stream(contentLength: Int64(count)) { writer in
            pieces.reduce(loop.makeSucceededVoidFuture()) { sent, piece in
                sent.flatMap {
                    switch piece {
                    case .bytes(let bytes): writer.write(.byteBuffer(ByteBuffer(bytes: bytes)))
                    case .file(let file): Self.send(file, to: writer, on: loop)
                    }
                }
            }
        }
    }

    private static func send(
        _ file: File, to writer: HTTPClient.Body.StreamWriter, on loop: any EventLoop
    ) -> EventLoopFuture<Void> {
        NIOThreadPool.singleton.runIfActive(eventLoop: loop) {
            let descriptor = file.open()
            guard descriptor >= 0 else { throw Unreadable(path: file.path) }
            return descriptor
        }.flatMap { descriptor in
            send(descriptor, file.path, at: 0, of: file.bytes, to: writer, on: loop).always { _ in close(descriptor) }
        }
    }

    private static func send(
        _ descriptor: Int32, _ path: String, at offset: Int, of count: Int, to writer: HTTPClient.Body.StreamWriter,
        on loop: any EventLoop
    ) -> EventLoopFuture<Void> {
        guard offset < count else { return loop.makeSucceededVoidFuture() }
        return NIOThreadPool.singleton.runIfActive(eventLoop: loop) {
            let chunk = try [UInt8](unsafeUninitializedCapacity: min(chunkBytes, count - offset)) { buffer, filled in
                let read = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
                // A file that became shorter cannot be sent under the length that was promised.
                guard read > 0 else { throw Unreadable(path: path) }
                filled = read
            }
            return ByteBuffer(bytes: chunk)
        }.flatMap { chunk in
            writer.write(.byteBuffer(chunk)).flatMap {
                send(descriptor, path, at: offset + chunk.readableBytes, of: count, to: writer, on: loop)
            }
        }
    }
}
