// The module `fs`: files and folders that the run was allowed to touch, by their real paths.

import LuaHost

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads and writes whole files.
struct FilesModule: Sendable {
    private let permissions: Permissions
    init(_ permissions: Permissions) { self.permissions = permissions }

    var functions: [HostFunction] {
        [
            HostFunction("read") { call in
                let path = try path(call, "read")
                try call.stack.push(bytes: try read(path))
                return .values(1)
            },
            HostFunction("exists") { call in
                let path = try path(call, "exists")
                try permit(path, reading: true)
                try call.stack.push(access(path, F_OK) == 0)
                return .values(1)
            },
            HostFunction("write") { call in
                let path = try path(call, "write")
                guard let bytes = call.bytes(2) else {
                    throw LuaError.argument("fs.write: argument 2 must be a text, got \(call.type(2).name)")
                }
                try write(bytes, to: path)
                return .values(0)
            },
        ]
    }

    private func path(_ call: LuaCall, _ function: String) throws -> String {
        guard let path = call.string(1), !path.isEmpty, !path.utf8.contains(0) else {
            throw LuaError.argument("fs.\(function): argument 1 must be a path, got \(call.type(1).name)")
        }
        return path
    }

    private func read(_ path: String) throws -> [UInt8] {
        let real = try permit(path, reading: true)
        do { return Array(try Data(contentsOf: URL(filePath: real))) } catch {
            throw Self.failure("cannot read '\(path)'")
        }
    }

    /// The file is either the old one or the new one, never half of each.
    private func write(_ bytes: [UInt8], to path: String) throws {
        let real = try permit(path, reading: false)
        do { try Data(bytes).write(to: URL(filePath: real), options: .atomic) } catch {
            throw Self.failure("cannot write '\(path)'")
        }
    }

    private static func failure(_ message: String) -> LuaError {
        LuaError(name: "FileError", kind: "file", message: "\(message): \(String(cString: strerror(errno)))")
    }

    /// The real path, when it is inside an allowed one.
    @discardableResult
    private func permit(_ path: String, reading: Bool) throws -> String {
        let real = Self.realPath(path)
        let allowed = reading ? permissions.readablePaths : permissions.writablePaths
        let isKernel = ["/proc", "/sys", "/dev"].contains { real == $0 || real.hasPrefix($0 + "/") }
        let isAllowed = allowed.contains { entry in
            let root = Self.realPath(entry)
            return real == root || root == "/" || real.hasPrefix(root + "/")
        }
        guard isAllowed, !isKernel else {
            let option = reading ? "--allow-read" : "--allow-write"
            throw LuaError(
                name: "PermissionError", kind: "permission",
                message: "\(reading ? "reading" : "writing") '\(path)' is not allowed in this run",
                fields: isKernel ? [] : [("hint", .string("allow it with \(option)=\(path)"))])
        }
        return real
    }

    /// The real path and the size of a file that may be read; nil when there is none.
    func regularFile(_ path: String) throws -> (path: String, bytes: Int)? {
        let real = try permit(path, reading: true)
        var status = stat()
        guard stat(real, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return (real, Int(status.st_size))
    }

    /// With links resolved; of a file that does not exist yet, its folder's.
    static func realPath(_ path: String) -> String {
        if let resolved = realpath(path, nil) {
            defer { free(resolved) }
            return String(cString: resolved)
        }
        var parts = path.split(separator: "/", omittingEmptySubsequences: true)
        guard let name = parts.popLast(), name != "..", name != "." else { return "/" }
        let parent = (path.hasPrefix("/") ? "/" : parts.isEmpty ? "." : "") + parts.joined(separator: "/")
        let folder = realPath(parent)
        return folder == "/" ? "/\(name)" : "\(folder)/\(name)"
    }
}
