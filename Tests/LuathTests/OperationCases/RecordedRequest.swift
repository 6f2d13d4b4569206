// A request as it came over the socket, taken apart without any code of the clients.

/// The head and body of one request.
struct RecordedRequest {
    let method: String
    /// As sent, percent-encoded.
    let path: String
    /// `name=value` pairs as sent, sorted.
    let query: [String]
    /// Names in lower case.
    let headers: [String: String]
    let body: String

    init(_ text: String) {
        let end = text.firstRange(of: "\r\n\r\n")
        let lines = text[..<(end?.lowerBound ?? text.endIndex)].split(separator: "\r\n")
        let start = lines.first?.split(separator: " ") ?? []
        method = start.first.map(String.init) ?? ""
        let target = (start.dropFirst().first ?? "").split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = target.first.map(String.init) ?? ""
        query = target.dropFirst().first?.split(separator: "&").map(String.init).sorted() ?? []
        let fields = lines.dropFirst().map { line in
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            return (line[..<colon].lowercased(), String(line[colon...].dropFirst().drop { $0 == " " }))
        }
        headers = Dictionary(fields) { $1 }
        body = end.map { String(text[$0.upperBound...]) } ?? ""
    }

    /// The body of a form; a name that comes twice has its last value.
    var form: [String: String] {
        let pairs = body.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { $0.replacing("+", with: " ").removingPercentEncoding ?? "" }
            return (parts[0], parts.dropFirst().first ?? "")
        }
        return Dictionary(pairs) { $1 }
    }

    /// The parts of a multipart body, by name: their headers, and their content.
    var parts: [String: (headers: String, content: String)] {
        guard let boundary = headers["content-type"]?.split(separator: "boundary=").dropFirst().first else {
            return [:]
        }
        let mark = "--\(boundary.replacing("\"", with: ""))"
        let parts = body.split(separator: mark).compactMap { part -> (String, (headers: String, content: String))? in
            guard let blank = part.firstRange(of: "\r\n\r\n"), let name = part.firstRange(of: " name=\"") else {
                return nil
            }
            let content = part[blank.upperBound...]
            return (
                String(part[name.upperBound...].prefix { $0 != "\"" }),
                (String(part[..<blank.lowerBound]), String(content.dropLast(content.hasSuffix("\r\n") ? 1 : 0)))
            )
        }
        return Dictionary(parts) { $1 }
    }
}
