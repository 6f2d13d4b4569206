// The module `fs`: files that the run was allowed to touch.

import LuaHost
import Synchronization

/// What the Lua part of the module is built on.
struct FilesModule: Sendable {
    let files: FileAccess
    /// Files that loops over their lines have open.
    private let open = OpenCount()
    private static let mostOpen = 64

    private final class OpenCount: Sendable {
        let count = Mutex(0)
        /// A file counts as long as its ticket lives.
        final class Ticket: Sendable {
            let open: OpenCount
            init(_ open: OpenCount) {
                self.open = open
                open.count.withLock { $0 += 1 }
            }
            deinit { open.count.withLock { $0 -= 1 } }
        }
    }

    init(_ files: FileAccess) { self.files = files }

    var functions: [HostFunction] {
        [
            HostFunction("read") { call in
                try call.stack.push(bytes: try files.read(try path(call, "read")))
                return .values(1)
            },
            HostFunction("exists") { call in
                try call.stack.push(try files.exists(try path(call, "exists")))
                return .values(1)
            },
            HostFunction("write") { call in
                let path = try path(call, "write")
                guard let bytes = call.bytes(2) else {
                    throw LuaError.argument("fs.write: argument 2 must be a text, got \(call.typeName(2))")
                }
                try files.write(bytes, to: path)
                return .values(0)
            },
            HostFunction("open") { call in
                let path = try path(call, "lines")
                guard open.count.withLock({ $0 < Self.mostOpen }) else {
                    throw LuaError(
                        name: "LimitError", kind: "limit",
                        message: "more than \(Self.mostOpen) files are open in loops over their lines")
                }
                let file = try files.open(path).file
                try call.stack.push(object: LineReader(file, path: path, ticket: OpenCount.Ticket(open)))
                return .values(1)
            },
            HostFunction("line") { call in
                guard let line = try call.object(1, as: LineReader.self)?.next() else { return .values(0) }
                try call.stack.push(bytes: line)
                return .values(1)
            },
            HostFunction("close") { call in
                call.object(1, as: LineReader.self)?.close()
                return .values(0)
            },
        ]
    }

    private func path(_ call: LuaCall, _ function: String) throws -> String {
        func wrong(_ what: String) -> LuaError { .argument("fs.\(function): argument 1 must be a path, \(what)") }
        guard call.type(1) == .string else { throw wrong("got \(call.typeName(1))") }
        guard let path = call.string(1) else { throw wrong("and it is not valid UTF-8") }
        if path.isEmpty { throw wrong("and it is empty") }
        if path.utf8.contains(0) { throw wrong("and it holds a zero byte") }
        if path.utf8.count > RealPath.mostBytes { throw wrong("and it has more than \(RealPath.mostBytes) bytes") }
        return path
    }
}
