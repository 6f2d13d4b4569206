// Where a path leads once its links are resolved: what permissions are about, whatever a path looks like.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An absolute path without links, as the names from the root. Names are bytes: two that look alike may be two files.
struct RealPath: Sendable {
    /// Those that exist, then those that do not (yet).
    let names: [[UInt8]]
    /// Longer ones are refused before the file system sees them.
    static let mostBytes = 4096

    /// Nil when not even the folder that the path starts from can be found.
    init?(_ path: String) {
        let given = path.utf8.split(separator: UInt8(ascii: "/")).map { Array($0) }
        let start = Array((path.utf8.first == UInt8(ascii: "/") ? "/" : "./").utf8)
        for count in (0...given.count).reversed() {
            let candidate = start + given[..<count].joined(separator: [UInt8(ascii: "/")])
            guard let resolved = realpath((candidate + [0]).map { CChar(bitPattern: $0) }, nil) else { continue }
            defer { free(resolved) }
            let bytes = UnsafeRawBufferPointer(start: resolved, count: strlen(resolved))
            names = bytes.split(separator: UInt8(ascii: "/")).map { Array($0) } + given[count...]
            return
        }
        return nil
    }

    /// Whether the path leads on, with `.` or `..`, after something that does not exist: there is nothing at its end.
    var isBroken: Bool { names.contains { Self.isDots($0) } }

    /// Whether it is `folder` or in it. A broken path counts as far as it goes.
    func isInside(_ folder: RealPath) -> Bool {
        !folder.isBroken && names.prefix { !Self.isDots($0) }.starts(with: folder.names)
    }

    /// Whether it is among the files that stand for the kernel, devices and other processes.
    var isKernel: Bool { ["proc", "sys", "dev"].contains { names.first?.elementsEqual($0.utf8) ?? false } }

    private static func isDots(_ name: [UInt8]) -> Bool { name == [0x2E] || name == [0x2E, 0x2E] }
}
