// Bodies of several parts, as forms with files send them.

/// The body of a `multipart/form-data` request (RFC 7578). A file on disk is read while it is sent, anew for each attempt.
public struct Multipart: Sendable {
    /// What a part holds.
    public enum Content: Sendable {
        case text(String)
        /// A file whose bytes are at hand.
        case bytes([UInt8], fileName: String, type: String)
        /// A file on disk.
        case file(File, fileName: String, type: String)
    }
    /// A file on disk that is read while it is sent.
    public struct File: Sendable {
        /// For messages.
        public let path: String
        public let bytes: Int
        /// A new descriptor of the file for one attempt to send it, which closes it; negative when it cannot be had.
        public let open: @Sendable () -> Int32

        /// - Parameters:
        ///   - path: for messages.
        ///   - bytes: how many are sent. A file that turns out to be shorter fails the request.
        ///   - open: gives a descriptor for reading at any offset, which its receiver closes; negative when there is none.
        public init(path: String, bytes: Int, open: @escaping @Sendable () -> Int32) {
            self.path = path
            self.bytes = bytes
            self.open = open
        }
    }
    /// A piece of the body in the order in which it is sent.
    public enum Piece: Sendable {
        case bytes([UInt8])
        case file(File)

        public var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .file(let file): file.bytes
            }
        }
    }
    private let boundary: String
    /// The body, piece by piece.
    public let pieces: [Piece]

    /// - Parameters:
    ///   - parts: names and contents in order.
    ///   - boundary: separates the parts; must not occur in them. The default is random.
    public init(_ parts: [(name: String, content: Content)], boundary: String = Self.newBoundary()) {
        self.boundary = boundary
        var pieces: [Piece] = []
        for (name, content) in parts {
            var head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(Self.quoted(name))\""
            switch content {
            case .text(let text): pieces.append(.bytes(Array("\(head)\r\n\r\n\(text)\r\n".utf8)))
            case .bytes(let bytes, let fileName, let type):
                head += "; filename=\"\(Self.quoted(fileName))\"\r\nContent-Type: \(type)\r\n\r\n"
                pieces.append(.bytes(Array(head.utf8) + bytes + Array("\r\n".utf8)))
            case .file(let file, let fileName, let type):
                head += "; filename=\"\(Self.quoted(fileName))\"\r\nContent-Type: \(type)\r\n\r\n"
                pieces += [.bytes(Array(head.utf8)), .file(file), .bytes(Array("\r\n".utf8))]
            }
        }
        pieces.append(.bytes(Array("--\(boundary)--\r\n".utf8)))
        self.pieces = pieces
    }

    public var contentType: String { "multipart/form-data; boundary=\(boundary)" }
    /// Bytes of the whole body.
    public var count: Int { pieces.reduce(0) { $0 + $1.count } }

    /// 128 random bits in a boundary's alphabet.
    public static func newBoundary() -> String {
        "luath-"
            + [UInt64.random(in: .min ... .max), .random(in: .min ... .max)].map { String($0, radix: 16) }.joined()
    }

    /// As browsers escape names (the HTML standard's multipart/form-data encoding algorithm).
    private static func quoted(_ name: String) -> String {
        name.replacing("\"", with: "%22").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }
}
