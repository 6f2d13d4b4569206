// Reads JSON bytes into `JSON`. Foundation's decoder loses the order of members and the digits of numbers, and is slow at both.

/// The text is not JSON.
struct JSONSyntaxError: Error {
    /// Offset of the byte that could not be read.
    let offset: Int
}

extension JSON {
    /// Reads one JSON value that fills the whole of `bytes`.
    /// - Throws: `JSONSyntaxError` where the text is not JSON or is nested deeper than 200.
    init(_ bytes: some Collection<UInt8>) throws(JSONSyntaxError) {
        var reader = JSONReader(bytes: Array(bytes))
        self = try reader.document()
    }
    /// Reads one JSON value from text.
    init(text: String) throws(JSONSyntaxError) { try self.init(Array(text.utf8)) }
}

/// One pass over the bytes of a document.
private struct JSONReader {
    let bytes: [UInt8]
    var index = 0
    var depth = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(JSONSyntaxError) -> JSON {
        let value = try value()
        skipSpace()
        guard index == bytes.count else { throw failure }
        return value
    }

    var failure: JSONSyntaxError { JSONSyntaxError(offset: index) }
    var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

    mutating func skipSpace() {
        while index < bytes.count, bytes[index] == 0x20 || (0x09...0x0D).contains(bytes[index]) { index += 1 }
    }

    mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte, index < bytes.count else { return false }
        index += 1
        return true
    }

    mutating func value() throws(JSONSyntaxError) -> JSON {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    mutating func word(_ word: StaticString, _ value: JSON) throws(JSONSyntaxError) -> JSON {
        let length = word.utf8CodeUnitCount
        guard index + length <= bytes.count else { throw failure }
        for offset in 0..<length where bytes[index + offset] != word.utf8Start[offset] { throw failure }
        index += length
        return value
    }

    mutating func object() throws(JSONSyntaxError) -> JSON {
        try enter()
        var members: [(name: String, value: JSON)] = []
        var object: JSON.Object?
        while true {
            if members.isEmpty, object == nil, take(UInt8(ascii: "}")) { break }
            skipSpace()
            let name = try string()
            guard take(UInt8(ascii: ":")) else { throw failure }
            let value = try value()
            if object == nil, members.contains(where: { $0.name == name }) { object = JSON.Object(members) }
            if object == nil { members.append((name, value)) } else { object![name] = value }
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "}")) else { throw failure }
            break
        }
        depth -= 1
        return .object(object ?? JSON.Object(members))
    }

    mutating func array() throws(JSONSyntaxError) -> JSON {
        try enter()
        var elements: [JSON] = []
        if take(UInt8(ascii: "]")) {
            depth -= 1
            return .array(elements)
        }
        while true {
            elements.append(try value())
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "]")) else { throw failure }
            break
        }
        depth -= 1
        return .array(elements)
    }

    mutating func enter() throws(JSONSyntaxError) {
        index += 1
        depth += 1
        guard depth <= 200 else { throw failure }
    }

    mutating func number() throws(JSONSyntaxError) -> JSON {
        let start = index
        if next == UInt8(ascii: "-") { index += 1 }
        let integer = digits()
        guard integer > 0, integer == 1 || bytes[index - integer] != UInt8(ascii: "0") else { throw failure }
        if next == UInt8(ascii: ".") {
            index += 1
            guard digits() > 0 else { throw failure }
        }
        if next | 0x20 == UInt8(ascii: "e") {
            index += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { index += 1 }
            guard digits() > 0 else { throw failure }
        }
        return .number(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    mutating func digits() -> Int {
        let start = index
        while (0x30...0x39).contains(next) { index += 1 }
        return index - start
    }

    mutating func string() throws(JSONSyntaxError) -> String {
        guard next == UInt8(ascii: "\"") else { throw failure }
        index += 1
        let start = index
        while index < bytes.count, bytes[index] != 0x22, bytes[index] != 0x5C, bytes[index] >= 0x20 { index += 1 }
        if next == 0x22 {
            defer { index += 1 }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
        var text = Array(bytes[start..<index])
        while index < bytes.count, bytes[index] >= 0x20 {
            let byte = bytes[index]
            index += 1
            if byte == 0x22 { return String(decoding: text, as: UTF8.self) }
            if byte == 0x5C { try escape(into: &text) } else { text.append(byte) }
        }
        throw failure
    }

    mutating func escape(into text: inout [UInt8]) throws(JSONSyntaxError) {
        let byte = next
        index += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var scalar = try hexadecimal()
            if (0xD800..<0xDC00).contains(scalar), next == 0x5C, index + 1 < bytes.count,
                bytes[index + 1] == UInt8(ascii: "u")
            {
                index += 2
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else { throw failure }
                scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(scalar) else { throw failure }
            text.append(contentsOf: String(Character(scalar)).utf8)
        default: throw failure
        }
    }

    mutating func hexadecimal() throws(JSONSyntaxError) -> UInt32 {
        guard index + 4 <= bytes.count,
            let value = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw failure }
        index += 4
        return value
    }
}
