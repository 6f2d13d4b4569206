// From a method and a path to the operation that they mean, for calls that name no operation.

/// The paths of the Management API's operations, read once without decoding their lines.
private struct OperationPaths: Sendable {
    static let shared = OperationPaths()
    private struct Entry: Sendable {
        let name: String
        let verb: String
        /// In lower case; nil for a parameter.
        let segments: [String?]
    }
    private let entries: [Entry]

    private init() {
        entries = Catalog.shared.placesOfManagement().map { name, verb, path in
            Entry(
                name: name, verb: verb,
                segments: path.split(separator: "/").map { $0.first == "{" ? nil : $0.lowercased() })
        }
    }

    func name(_ verb: Verb, _ segments: [String]) -> String? {
        let found = entries.filter { entry in
            entry.verb == verb.rawValue && entry.segments.count == segments.count
                && zip(entry.segments, segments).allSatisfy { $0 == nil || $0 == $1 }
        }
        // A word of the path beats a parameter, from the left.
        return found.max { left, right in
            for (one, other) in zip(left.segments, right.segments) where (one == nil) != (other == nil) {
                return one == nil
            }
            return false
        }?.name
    }
}

extension Catalog {
    /// The Management operation that a method and a path below the API's base mean, or nil.
    ///
    /// Percent-encoding and capitals hide nothing: `/%63lients/x` and `/Clients/x` are `clients.get`.
    public func operation(_ verb: Verb, at path: String) -> Operation? {
        let segments = path.split(separator: "/").map { PercentEncoding.decoded($0).lowercased() }
        return OperationPaths.shared.name(verb, segments).flatMap { operation($0, in: .management) }
    }
}

extension PercentEncoding {
    /// The text with its escapes undone, once; what is no escape stays.
    static func decoded(_ text: some StringProtocol) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(UInt8(ascii: "%")) else { return String(text) }
        var decoded: [UInt8] = [], index = 0
        while index < bytes.count {
            let digits = index + 2 < bytes.count ? String(decoding: bytes[index + 1...index + 2], as: UTF8.self) : ""
            if bytes[index] == UInt8(ascii: "%"), digits.first?.isHexDigit == true, let byte = UInt8(digits, radix: 16)
            {
                decoded.append(byte)
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }
}
