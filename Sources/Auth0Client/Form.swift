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
    /// The value of that name, when it is a text.
    func text(_ name: String) -> String? {
        guard case .string(let text) = fields.first(where: { $0.name == name })?.value else { return nil }
        return text
    }

    /// The values that no error may show: those given as secrets, and fields that hold credentials by their name.
    var secrets: [Secret] {
        fields.compactMap { field in
            switch field.value {
            case .secret(let secret): secret
            case .string(let text) where Self.secretNames.contains(field.name): Secret(text)
            case .integer(let number) where Self.secretNames.contains(field.name): Secret(String(number))
            default: nil
            }
        }
    }
    private static let secretNames: Set = [
        "client_secret", "client_assertion", "password", "refresh_token", "code", "code_verifier", "otp", "token",
        "subject_token", "mfa_token", "access_token", "id_token", "id_token_hint", "assertion", "actor_token",
        "oob_code",
        "binding_code",
        "recovery_code", "device_code", "auth_req_id", "auth_session",
    ]

    var contentType: String {
        encoding == .json ? "application/json" : "application/x-www-form-urlencoded"
    }

    func encoded() -> [UInt8] {
        if encoding == .json {
            let pairs = fields.map { "\($0.name.jsonEncoded):\($0.value.json)" }
            return Array("{\(pairs.joined(separator: ","))}".utf8)
        }
        let pairs = fields.map { "\(PercentEncoding.form($0.name))=\(PercentEncoding.form($0.value.text))" }
        return Array(pairs.joined(separator: "&").utf8)
    }
}

extension Form {
    /// The body of an operation: the caller's fields under their names on the wire, and what the catalog adds to them.
    init(
        _ operation: Operation, fields: [(name: String, value: FormValue)], clientID: String, tenant: TenantAddress
    ) {
        let body = operation.body ?? Body()
        self.init(encoding: body.encoding)
        if operation.clientAuthentication?.sendsClientID ?? false { set("client_id", .string(clientID)) }
        let declared = Dictionary(body.fields.map { ($0.name, $0) }) { first, _ in first }
        var fixed = body.fixed
        for (name, value) in fields {
            let field = declared[name]
            set(field?.wireName ?? name, field?.wireEncoding == "iss_sub" ? value.subject(of: tenant) : value)
            fixed.merge(body.fixedWhen[name] ?? [:]) { $1 }
            if let copy = body.copies[name], !fields.contains(where: { $0.name == copy }) { set(copy, value) }
        }
        for (name, value) in body.defaults.sorted(by: { $0.key < $1.key }) where !has(name) {
            set(name, .string(value))
        }
        for (name, value) in fixed.sorted(by: { $0.key < $1.key }) { set(name, .string(value)) }
    }
}

extension FormValue {
    /// A user of a tenant as RFC 9493 §3.2.5 writes it.
    fileprivate func subject(of tenant: TenantAddress) -> FormValue {
        let issuer = "\(tenant.origin)/"
        return .string(#"{"format":"iss_sub","iss":\#(issuer.jsonEncoded),"sub":\#(text.jsonEncoded)}"#)
    }
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
