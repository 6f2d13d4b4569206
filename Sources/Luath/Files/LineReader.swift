// A file read line by line, so that a large one needs little memory.

import LuaHost
import Synchronization

/// The lines of one file. Touched by one call at a time.
final class LineReader: Sendable {
    private struct State {
        /// Nil at the end of the file.
        var file: OpenFile?
        /// Goes with the file.
        var ticket: (any Sendable)?
        var bytes: [UInt8] = []
        /// Where the next line begins.
        var start = 0
    }
    private let state: Mutex<State>
    private let path: String

    private static let chunkBytes = 64 << 10
    private static let mostLineBytes = 64 << 20

    /// - Parameter ticket: let go of as soon as the file is closed.
    init(_ file: OpenFile, path: String, ticket: any Sendable) {
        state = Mutex(State(file: file, ticket: ticket))
        self.path = path
    }

    /// The next line without its end (`\n` or `\r\n`), or nil.
    func next() throws(LuaError) -> [UInt8]? {
        try state.withLock { state throws(LuaError) in
            // What was looked at for a line's end is not looked at again.
            var seen = state.start
            while true {
                if let end = state.bytes[seen...].firstIndex(of: UInt8(ascii: "\n")) {
                    defer { state.start = end + 1 }
                    return Self.line(state.bytes[state.start..<end])
                }
                guard let file = state.file else {
                    defer { state.start = state.bytes.count }
                    return state.start < state.bytes.count ? Self.line(state.bytes[state.start...]) : nil
                }
                state.bytes.removeFirst(state.start)
                state.start = 0
                seen = state.bytes.count
                if seen > Self.mostLineBytes {
                    throw LuaError(
                        name: "LimitError", kind: "limit",
                        message: "'\(path)' has a line of more than \(Self.mostLineBytes >> 20) MiB")
                }
                do throws(SystemFailure) {
                    let more = try file.read(Self.chunkBytes)
                    if more.isEmpty { (state.file, state.ticket) = (nil, nil) }
                    state.bytes += more
                } catch {
                    throw LuaError(
                        name: "FileError", kind: "file", message: "cannot read '\(path)': \(error.text)")
                }
            }
        }
    }

    /// Lets go of the file; there are no more lines then.
    func close() { state.withLock { $0 = State() } }

    private static func line(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        Array(bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes)
    }
}
