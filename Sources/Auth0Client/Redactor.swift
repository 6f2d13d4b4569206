// Keeps what the client knows to be secret out of errors, also when a server echoes the request.

import Auth0API

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Replaces known secrets by `•••`, in the forms that JSON, forms and URLs give them.
public struct Redactor: Sendable {
    /// What is shown in place of a secret.
    public static let mask = "•••"
    private let needles: [[UInt8]]

    /// - Parameter secrets: values shorter than six bytes are looked for only as whole texts of JSON: as parts of others they
    ///   would be found everywhere.
    public init(_ secrets: [Secret]) {
        needles = secrets.flatMap { secret -> [[UInt8]] in
            let raw = secret.reveal()
            let json = String(raw.jsonEncoded.dropFirst().dropLast()), escaped = Self.escaped(raw)
            let forms: Set = [
                raw, PercentEncoding.form(raw), PercentEncoding.component(raw), json, escaped,
                json.replacing("/", with: "\\/"), escaped.replacing("/", with: "\\/"),
            ]
            if raw.isEmpty { return [] }
            return forms.map { Array(($0.utf8.count >= 6 ? $0 : "\"\($0)\"").utf8) }
        }
        .sorted { $0.count > $1.count }
    }

    private static func contains(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var place = 0
            while let first = needle.first, place + needle.count <= bytes.count,
                let found = memchr(bytes.baseAddress! + place, Int32(first), bytes.count - needle.count + 1 - place)
            {
                if memcmp(found, needle, needle.count) == 0 { return true }
                place = UnsafeRawPointer(found) - bytes.baseAddress! + 1
            }
            return false
        }
    }

    /// JSON with every character outside ASCII escaped, as some servers write it.
    private static func escaped(_ text: String) -> String {
        text.jsonEncoded.dropFirst().dropLast().utf16.reduce(into: "") { escaped, unit in
            let digits = String(unit, radix: 16)
            escaped +=
                unit < 0x80
                ? String(UnicodeScalar(UInt8(unit))) : "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }

    func redact(_ error: APIError) -> APIError {
        guard !needles.isEmpty else { return error }
        var error = error
        error.message = redact(error.message)
        error.hint = error.hint.map(redact)
        error.code = error.code.map(redact)
        error.response = error.response.map(redact)
        return error
    }

    public func redact(_ response: APIResponse) -> APIResponse {
        var response = response
        response.body = redact(response.body)
        response.headers = Headers(response.headers.fields.map { ($0.name, redact($0.value)) })
        response.url = redact(response.url)
        return response
    }

    public func redact(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let clean = redact(bytes)
        return clean.count == bytes.count && clean == bytes ? text : String(decoding: clean, as: UTF8.self)
    }

    public func redact(_ bytes: [UInt8]) -> [UInt8] {
        needles.reduce(bytes) { bytes, needle in
            // Hardly any answer holds a secret, and looking is quicker than replacing.
            guard Self.contains(bytes, needle) else { return bytes }
            // A short one keeps its quotes.
            let mask = needle.first == UInt8(ascii: "\"") ? "\"\(Self.mask)\"" : Self.mask
            return bytes.replacing(needle, with: Array(mask.utf8))
        }
    }
}
