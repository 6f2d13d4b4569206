// The body of a request to the Authentication API: named values, sent as a form or as a JSON object.

import Auth0API

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One value of a request to the Authentication API.
public enum FormValue: Sendable {
    case string(String)
    /// Sent like a string, and kept out of errors.
    case secret(Secret)
    case integer(Int64)
    case number(Double)
    case boolean(Bool)
    /// JSON text of an object, array or null; in a form it is sent as that text.
    case json([UInt8])
}

/// Named values in order.
struct Form: Sendable {
    let encoding: Body.Encoding
    private var fields: [(name: String, value: FormValue)] = []

    init(encoding: Body.Encoding) { self.encoding = encoding }

    mutating func add(_ name: String, _ value: FormValue) { fields.append((name, value)) }
    /// Adds a value, or replaces the one of that name.
    mutating func set(_ name: String, _ value: FormValue) {
        if let index = fields.firstIndex(where: { $0.name == name }) {
            fields[index].value = value
        } else {
            add(name, value)
        }
    }
    func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

    /// The values that no error may show: those given as secrets, and fields that hold credentials by their name.
    var secrets: [Secret] {
        fields.compactMap { field in
            switch field.value {
            case .secret(let secret): secret
            case .string(let text) where Self.secretNames.contains(field.name): Secret(text)
            default: nil
            }
        }
    }
    private static let secretNames: Set = [
        "client_secret", "client_assertion", "password", "refresh_token", "code", "code_verifier", "otp", "token",
        "subject_token", "mfa_token", "access_token", "assertion",
    ]

    var contentType: String {
        encoding == .json ? "application/json" : "application/x-www-form-urlencoded"
    }

    func encoded() -> [UInt8] {
        if encoding == .json {
            let pairs = fields.map { "\($0.name.jsonEncoded):\($0.value.json)" }
            return Array("{\(pairs.joined(separator: ","))}".utf8)
        }
        let pairs = fields.map { "\($0.name.formEncoded)=\($0.value.text.formEncoded)" }
        return Array(pairs.joined(separator: "&").utf8)
    }
}

extension FormValue {
    fileprivate var text: String {
        switch self {
        case .string(let text): text
        case .secret(let secret): secret.reveal()
        case .integer(let value): "\(value)"
        case .number(let value): value.rounded() == value && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
        case .boolean(let value): value ? "true" : "false"
        case .json(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }
    fileprivate var json: String {
        switch self {
        case .string, .secret: text.jsonEncoded
        default: text
        }
    }
}

extension String {
    /// As `application/x-www-form-urlencoded` (WHATWG URL §5).
    var formEncoded: String {
        var out: [UInt8] = []
        out.reserveCapacity(utf8.count)
        for byte in utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2A, 0x2D, 0x2E, 0x5F: out.append(byte)
            case 0x20: out.append(0x2B)
            default:
                let digits = Array("0123456789ABCDEF".utf8)
                out += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// As a JSON string, with its quotes.
    var jsonEncoded: String {
        var out = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20:
                out += "\\u00\(scalar.value < 16 ? "0" : "")\(String(scalar.value, radix: 16))"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
