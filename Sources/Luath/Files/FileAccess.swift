// The files that a run was allowed to touch. Every way to a file leads through here: `fs`, uploads.

import LuaHost

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Opens and writes files by their real paths. The allowed paths are resolved once, when the run starts.
///
/// What a path resolves to is opened name by name without following links, so a name that is swapped for a link between
/// check and use is an error. A hard link, and a folder that someone moves into an allowed one, cannot be told from what
/// belongs there.
struct FileAccess: Sendable {
    private struct Rule: Sendable {
        let verb: String
        let option: String
        let allowed: [RealPath]
        let denied: [RealPath]

        init(_ verb: String, _ option: String, _ allowed: [String], _ denied: [String]) {
            self.verb = verb
            self.option = option
            self.allowed = allowed.filter { !$0.isEmpty }.compactMap { RealPath($0) }
            self.denied = denied.filter { !$0.isEmpty }.compactMap { RealPath($0) }
        }
    }
    private let reading: Rule
    private let writing: Rule

    /// Files larger than this are not read in one piece.
    static let mostBytes = 256 << 20

    init(_ permissions: Permissions) {
        reading = Rule("reading", "read", permissions.readablePaths, permissions.unreadablePaths)
        writing = Rule("writing", "write", permissions.writablePaths, permissions.unwritablePaths)
    }

    /// A plain file and its size.
    ///
    /// - Throws: `PermissionError`, or `FileError` with the system's reason.
    func open(_ path: String) throws(LuaError) -> (file: OpenFile, bytes: Int) {
        let real = try permit(path, reading)
        do throws(SystemFailure) {
            if path.utf8.last == UInt8(ascii: "/") { throw SystemFailure(code: ENOTDIR) }
            let file = try OpenFile.open(real, O_RDONLY | O_NONBLOCK)
            return (file, try file.plainFileSize())
        } catch {
            throw Self.failure("read", path, error)
        }
    }

    func read(_ path: String) throws(LuaError) -> [UInt8] {
        let (file, size) = try open(path)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(size, Self.mostBytes))
        do throws(SystemFailure) {
            while bytes.count <= Self.mostBytes {
                let next = try file.read(1 << 20)
                if next.isEmpty { return bytes }
                bytes += next
            }
        } catch {
            throw Self.failure("read", path, error)
        }
        throw LuaError(
            name: "LimitError", kind: "limit",
            message: "'\(path)' is larger than \(Self.mostBytes >> 20) MiB, the most that is read in one piece",
            fields: [("hint", .string("go through it line by line with fs.lines"))])
    }

    /// Whether there is a file or folder.
    func exists(_ path: String) throws(LuaError) -> Bool {
        let real = try permit(path, reading)
        guard let folder = try? OpenFile.folder(of: real) else { return false }
        guard let name = real.names.last else { return true }
        // What is still a link after all were resolved leads nowhere.
        guard let status = folder.status(of: name), status.st_mode & S_IFMT != S_IFLNK else { return false }
        return path.utf8.last != UInt8(ascii: "/") || status.st_mode & S_IFMT == S_IFDIR
    }

    /// Replaces a file, or makes it: others see the old content or the new one, also after a crash. A file that was there
    /// keeps its mode.
    func write(_ bytes: [UInt8], to path: String) throws(LuaError) {
        let real = try permit(path, writing)
        do throws(SystemFailure) {
            guard let name = real.names.last, path.utf8.last != UInt8(ascii: "/") else {
                throw SystemFailure(code: EISDIR)
            }
            try Self.replace(name, in: try OpenFile.folder(of: real), with: bytes)
        } catch {
            throw Self.failure("write", path, error)
        }
    }

    private static func replace(
        _ name: [UInt8], in folder: OpenFile, with bytes: [UInt8]
    ) throws(SystemFailure) {
        let old = folder.status(of: name)
        switch old.map({ $0.st_mode & S_IFMT }) {
        case nil, S_IFREG: break
        case S_IFLNK: throw SystemFailure(code: ELOOP)
        case S_IFDIR: throw SystemFailure(code: EISDIR)
        default: throw SystemFailure(code: EINVAL)
        }
        let temporary = Array(".luath-\(String(UInt64.random(in: .min ... .max), radix: 16))".utf8)
        let file = try folder.open(
            temporary, O_WRONLY | O_CREAT | O_EXCL, mode: old.map { $0.st_mode & 0o777 } ?? 0o666)
        do throws(SystemFailure) {
            try file.write(bytes)
            if let old { try OpenFile.call { fchmod(file.descriptor, old.st_mode & 0o777) } }
            try OpenFile.call { fsync(file.descriptor) }
            try OpenFile.call {
                renameat(folder.descriptor, temporary.asCString, folder.descriptor, name.asCString)
            }
        } catch {
            unlinkat(folder.descriptor, temporary.asCString, 0)
            throw error
        }
        // The new name is on disk when its folder is; a file system that cannot say so has done what it could.
        if let readable = try? folder.open([UInt8(ascii: ".")], O_RDONLY | O_DIRECTORY) { fsync(readable.descriptor) }
    }

    /// The real path, when it is inside an allowed one and not inside a denied one.
    private func permit(_ path: String, _ rule: Rule) throws(LuaError) -> RealPath {
        let shown = "\(rule.verb) '\(path)'"
        let refused = LuaError.permission(
            "\(shown) is not allowed in this run", hint: "allow it with --allow-\(rule.option)=\(path)")
        guard let real = RealPath(path) else { throw refused }
        if real.isKernel {
            throw .permission("\(shown) is never allowed", hint: "no run may touch /proc, /sys and /dev")
        }
        if rule.denied.contains(where: { real.isInside($0) }) {
            throw .permission("\(shown) is denied in this run", hint: "--deny-\(rule.option) covers it")
        }
        guard rule.allowed.contains(where: { real.isInside($0) }) else { throw refused }
        return real
    }

    private static func failure(_ verb: String, _ path: String, _ failure: SystemFailure) -> LuaError {
        let reason = failure.code == EINVAL ? "it is not a plain file" : failure.text
        return LuaError(name: "FileError", kind: "file", message: "cannot \(verb) '\(path)': \(reason)")
    }
}
