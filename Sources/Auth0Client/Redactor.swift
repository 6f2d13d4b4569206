// Keeps what the client knows to be secret out of errors, also when a server echoes the request.

import Auth0API

/// Replaces known secrets by `•••`.
struct Redactor: Sendable {
    private let needles: [[UInt8]]

    /// Values shorter than six bytes are not looked for: they would be found everywhere.
    init(_ secrets: [Secret]) {
        needles = secrets.flatMap { secret -> [[UInt8]] in
            let raw = secret.reveal()
            let json = String(raw.jsonEncoded.dropFirst().dropLast()), slashed = json.replacing("/", with: "\\/")
            let written = [json, slashed].flatMap {
                [$0, Self.asciiOnly($0, uppercase: false), Self.asciiOnly($0, uppercase: true)]
            }
            let forms = Set([raw, PercentEncoding.form(raw), PercentEncoding.component(raw)] + written)
            return forms.map { Array($0.utf8) }
        }
        .filter { $0.count >= 6 }
        .sorted { $0.count > $1.count }
    }

    /// As JSON writers that keep to ASCII write it: `\u00e9` for `é`.
    private static func asciiOnly(_ text: String, uppercase: Bool) -> String {
        var out = ""
        for unit in text.utf16 {
            if unit < 0x80 {
                out.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            } else {
                let digits = String(unit, radix: 16, uppercase: uppercase)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return out
    }

    func redact(_ error: APIError) -> APIError {
        guard !needles.isEmpty else { return error }
        var error = error
        error.message = redact(error.message)
        error.hint = error.hint.map(redact)
        error.code = error.code.map(redact)
        if var response = error.response {
            response.body = redact(response.body)
            response.headers = Headers(response.headers.fields.map { ($0.name, redact($0.value)) })
            response.url = redact(response.url)
            error.response = response
        }
        return error
    }

    func redact(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let clean = redact(bytes)
        return clean.count == bytes.count && clean == bytes ? text : String(decoding: clean, as: UTF8.self)
    }

    func redact(_ bytes: [UInt8]) -> [UInt8] {
        needles.reduce(bytes) { $0.replacing($1, with: Array("•••".utf8)) }
    }
}
