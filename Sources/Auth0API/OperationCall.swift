// From an operation and its arguments to the path and query of a request: pure, so that every rule has a test.

/// A value of the query: what JSON can say, in the order in which it was given.
public indirect enum QueryValue: Sendable, Hashable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([QueryValue])
    case object([Pair])

    public struct Pair: Sendable, Hashable {
        public let name: String
        public let value: QueryValue
        public init(_ name: String, _ value: QueryValue) {
            self.name = name
            self.value = value
        }
    }
}

extension Operation {
    /// The path below the API's base with its parameters filled in, each percent-encoded: `/clients/abc`.
    ///
    /// - Throws: an `argument` error when there are too few or too many arguments, or when one of them is empty, `.` or
    ///   `..`: those would address another resource.
    public func path(arguments: [String]) throws(APIError) -> String {
        guard arguments.count == pathParameters.count else {
            let wanted = pathParameters.isEmpty ? "none" : pathParameters.map(\.name).joined(separator: ", ")
            throw invalidArgument(
                "takes \(pathParameters.count) path arguments (\(wanted)), got \(arguments.count)",
                hint: "call \(signature)")
        }
        var filled = ""
        var rest = path[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            filled += rest[..<open]
            let name = rest[rest.index(after: open)..<close]
            // The tests hold every operation to parameters and path that name each other.
            if let position = pathParameters.firstIndex(where: { $0.name == name }) {
                filled += try encodedPathPart(arguments[position], parameter: String(name))
            }
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    private func encodedPathPart(_ value: String, parameter: String) throws(APIError) -> String {
        if value.isEmpty {
            throw invalidArgument(
                "'\(parameter)' is empty, so the path would name another resource",
                hint: "give the id of one object; check the variable that it comes from")
        }
        if value == "." || value == ".." {
            throw invalidArgument(
                "'\(parameter)' is '\(value)', which would climb out of the path", hint: "give the id of one object")
        }
        return PercentEncoding.component(value)
    }

    /// How a call looks: `clients.update(id, request?, options?)`.
    public var signature: String {
        var parts = (bearerParameter.map { [$0] } ?? []) + pathParameters.map(\.name)
        if takesRequest { parts.append(requestIsOptional ? "request?" : "request") }
        parts.append("options?")
        return "\(name)(\(parts.joined(separator: ", ")))"
    }

    /// An error about this operation's arguments, raised before anything is sent.
    public func invalidArgument(_ message: String, hint: String? = nil) -> APIError {
        APIError(.argument, name: "InvalidArgumentError", message: message, operation: name, hint: hint)
    }

    /// The query string without its `?`; empty when there is nothing to say.
    ///
    /// Lists repeat the key, tables become `a[b]=`, null is left out, whole floats lose their `.0`.
    public static func query(_ pairs: [QueryValue.Pair]) -> String {
        var parts: [String] = []
        for pair in pairs { append(pair.value, named: pair.name, to: &parts) }
        return parts.joined(separator: "&")
    }

    private static func append(_ value: QueryValue, named name: String, to parts: inout [String]) {
        func add(_ text: String) {
            parts.append("\(PercentEncoding.component(name))=\(PercentEncoding.component(text))")
        }
        switch value {
        case .null: break
        case .boolean(let value): add(value ? "true" : "false")
        case .integer(let value): add(String(value))
        case .number(let value): add(Int64(exactly: value).map { String($0) } ?? "\(value)")
        case .string(let value): add(value)
        case .array(let values): for element in values { append(element, named: name, to: &parts) }
        case .object(let pairs): for pair in pairs { append(pair.value, named: "\(name)[\(pair.name)]", to: &parts) }
        }
    }
}

/// The encodings of RFC 3986 and of HTML forms, byte by byte over UTF-8.
public enum PercentEncoding {
    /// Exactly JavaScript's `encodeURIComponent`: letters, digits and `-_.!~*'()` stay.
    public static func component(_ text: String) -> String { encode(text) { isKept($0) } }

    /// One name or value of `application/x-www-form-urlencoded`: as JavaScript's `URLSearchParams` writes it, with `+`
    /// for a space and `*-._` unchanged.
    public static func form(_ text: String) -> String {
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: " "): result.append(UInt8(ascii: "+"))
            case UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): result.append(byte)
            default: appendEncoded(byte, to: &result) { isAlphanumeric($0) }
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// A whole path: what is not allowed in one is encoded, and what is encoded already stays.
    public static func path(_ text: String) -> String { encode(text) { isKept($0) || "/%:@$&+,;=".utf8.contains($0) } }

    private static func encode(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
        if text.utf8.allSatisfy(isKept) { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count * 2)
        for byte in text.utf8 { appendEncoded(byte, to: &result, keeping: isKept) }
        return String(decoding: result, as: UTF8.self)
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func appendEncoded(_ byte: UInt8, to result: inout [UInt8], keeping isKept: (UInt8) -> Bool) {
        if isKept(byte) { return result.append(byte) }
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private static func isKept(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || "-_.!~*'()".utf8.contains(byte) }
}
