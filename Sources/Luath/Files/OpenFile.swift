// A descriptor that is closed when nobody needs it any more, and the system calls on it. A signal may interrupt any of them.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why a system call failed: `errno`.
struct SystemFailure: Error {
    let code: Int32
    var text: String {
        code == ELOOP ? "it is a link that leads nowhere, or became one" : String(cString: strerror(code))
    }
}

/// An open file or folder.
final class OpenFile: Sendable {
    let descriptor: Int32
    init(_ descriptor: Int32) { self.descriptor = descriptor }
    deinit { close(descriptor) }

    /// The file of a real path, reached name by name without following links: one that took a name's place since the
    /// path was resolved is an error.
    static func open(_ path: RealPath, _ flags: Int32, mode: mode_t = 0) throws(SystemFailure) -> OpenFile {
        let folder = try folder(of: path)
        guard let name = path.names.last else { return folder }
        return try folder.open(name, flags, mode: mode)
    }

    /// The folder that the path's last name is in.
    static func folder(of path: RealPath) throws(SystemFailure) -> OpenFile {
        if path.isBroken { throw SystemFailure(code: ENOENT) }
        var folder = OpenFile(try call { Self.openRoot() })
        for name in path.names.dropLast() { folder = try folder.open(name, searchable | O_DIRECTORY) }
        return folder
    }

    /// A file in this folder, which is no link.
    func open(_ name: [UInt8], _ flags: Int32, mode: mode_t = 0) throws(SystemFailure) -> OpenFile {
        let text = name.asCString
        return OpenFile(
            try Self.call { openat(descriptor, text, flags | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY, mode) })
    }

    /// What a name in this folder is; nil when there is nothing of that name.
    func status(of name: [UInt8]) -> stat? {
        var status = stat()
        return fstatat(descriptor, name.asCString, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status : nil
    }

    /// - Throws: a failure for what is no plain file, or is the kernel's wherever it was mounted.
    func plainFileSize() throws(SystemFailure) -> Int {
        var status = stat()
        _ = try Self.call { fstat(descriptor, &status) }
        if status.st_mode & S_IFMT == S_IFDIR { throw SystemFailure(code: EISDIR) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw SystemFailure(code: EINVAL) }
        if Self.kernelDevices.contains(status.st_dev) { throw SystemFailure(code: EACCES) }
        return Int(status.st_size)
    }

    /// The next bytes, at most so many; none at the end.
    func read(_ count: Int) throws(SystemFailure) -> [UInt8] {
        var failure: SystemFailure?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(SystemFailure) {
                #if canImport(Glibc)
                    filled = try Self.call { Glibc.read(descriptor, buffer.baseAddress, count) }
                #else
                    filled = try Self.call { Darwin.read(descriptor, buffer.baseAddress, count) }
                #endif
            } catch { failure = error }
        }
        if let failure { throw failure }
        return bytes
    }

    func write(_ bytes: [UInt8]) throws(SystemFailure) {
        var done = 0
        while done < bytes.count {
            done += try Self.call {
                bytes.withUnsafeBytes { buffer in
                    let start = buffer.baseAddress.map { $0 + done }, count = buffer.count - done
                    #if canImport(Glibc)
                        return Glibc.write(descriptor, start, count)
                    #else
                        return Darwin.write(descriptor, start, count)
                    #endif
                }
            }
        }
    }

    /// The file systems of the kernel, which may be mounted in other places too.
    private static let kernelDevices: Set<dev_t> = {
        func device(_ path: String) -> dev_t? {
            var status = stat()
            return stat(path, &status) == 0 ? status.st_dev : nil
        }
        // Where nothing is mounted there, it is the device of the root.
        return Set(["/proc", "/sys"].compactMap(device)).subtracting([device("/")].compactMap { $0 })
    }()

    /// - Throws: the failure of a call that gave -1, but for an interruption, after which it is made again.
    @discardableResult
    static func call<Result: SignedInteger>(_ body: () -> Result) throws(SystemFailure) -> Result {
        while true {
            let result = body()
            if result != -1 { return result }
            if errno != EINTR { throw SystemFailure(code: errno) }
        }
    }

    #if os(Linux)
        /// A folder that may be passed through need not be readable: `O_PATH`.
        private static let searchable: Int32 = 0o10_000_000
        private static func openRoot() -> Int32 { Glibc.open("/", searchable | O_DIRECTORY | O_CLOEXEC) }
    #else
        private static let searchable = O_SEARCH
        private static func openRoot() -> Int32 { Darwin.open("/", searchable | O_DIRECTORY | O_CLOEXEC) }
    #endif
}

extension [UInt8] {
    var asCString: [CChar] { map { CChar(bitPattern: $0) } + [0] }
}
