// Results of scripts on standard output, in blocks where nobody watches.

import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The process's standard output, buffered unless it is a terminal. Call `flush` before the process ends.
public enum StandardOutput {
    private static let buffer = Mutex<[UInt8]>([])
    private static let isTerminal = isatty(1) == 1
    private static let blockBytes = 1 << 16

    public static func write(_ bytes: UnsafeRawBufferPointer) {
        let isFull = buffer.withLock { buffer in
            buffer.append(contentsOf: bytes)
            return isTerminal || buffer.count >= blockBytes
        }
        if isFull { flush() }
    }

    public static func write(_ text: String) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
    }

    private static let failed = Mutex<Int32?>(nil)
    /// The error number of the first write that failed; output after it is dropped.
    public static var failure: Int32? { failed.withLock { $0 } }

    /// Writes out what is held.
    ///
    /// - Returns: the error number of the first write that failed (`EPIPE` when the reader is gone), or nil.
    @discardableResult
    public static func flush() -> Int32? {
        buffer.withLock { buffer in
            defer { buffer.removeAll(keepingCapacity: true) }
            if let failure { return failure }
            return buffer.withUnsafeBytes { bytes in
                var rest = bytes[...]
                while !rest.isEmpty {
                    let count = rest.withUnsafeBytes { systemWrite(1, $0.baseAddress, $0.count) }
                    if count < 0 {
                        if errno == EINTR { continue }
                        let number = errno
                        failed.withLock { $0 = number }
                        return number
                    }
                    rest = rest.dropFirst(count)
                }
                return nil
            }
        }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
        Glibc.write(descriptor, bytes, count)
    #else
        Darwin.write(descriptor, bytes, count)
    #endif
}
