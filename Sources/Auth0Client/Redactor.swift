// Keeps what the client knows to be secret out of errors, also when a server echoes the request.

import Auth0API

/// Replaces known secrets by `•••`.
struct Redactor: Sendable {
    private let needles: [[UInt8]]

    /// Values shorter than six bytes are not looked for: they would be found everywhere.
    init(_ secrets: [Secret]) {
        needles = secrets.flatMap { secret -> [[UInt8]] in
            let raw = secret.reveal()
            let forms: Set = [
                raw, PercentEncoding.form(raw), PercentEncoding.component(raw), raw.replacing("/", with: "\\/"),
                raw.replacing("\n", with: "\\n"),
            ]
            return forms.map { Array($0.utf8) }
        }
        .filter { $0.count >= 6 }
        .sorted { $0.count > $1.count }
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
