// One request as the tenant's operations see it: a path in decoded segments, a query, a body, and who asks.

/// A request, read but not yet understood.
struct Call: Sendable {
    let method: String
    /// The path without its query, still encoded.
    let path: String
    /// Decoded, in the order given; names may repeat.
    let query: [(name: String, value: String)]
    let host: String
    let authorization: String?
    let contentType: String
    let body: [UInt8]

    init(
        method: String, target: String, host: String, authorization: String?, contentType: String, body: [UInt8]
    ) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.method = method
        path = parts.first.map(String.init) ?? ""
        query = parts.count > 1 ? Call.form(parts[1]) : []
        self.host = host
        self.authorization = authorization
        self.contentType = contentType
        self.body = body
    }

    /// The last value of that query parameter, or nil.
    func query(_ name: String) -> String? { query.last { $0.name == name }?.value }

    /// The token of an `Authorization: Bearer` header, or nil.
    var bearer: String? {
        guard let authorization, authorization.utf8.count > 7, authorization.prefix(7).lowercased() == "bearer " else {
            return nil
        }
        return String(authorization.dropFirst(7))
    }

    /// Reads `a=1&b=2` with percent-encoding and plus signs.
    static func form(_ text: some StringProtocol) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (decode(parts[0], plus: true), parts.count > 1 ? decode(parts[1], plus: true) : "")
        }
    }

    /// Undoes percent-encoding; what is not an escape stays as it is.
    static func decode(_ text: some StringProtocol, plus: Bool = false) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(UInt8(ascii: "%")) || (plus && bytes.contains(UInt8(ascii: "+"))) else {
            return String(text)
        }
        var output: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let value = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
            {
                output.append(value)
                index += 3
            } else {
                output.append(plus && bytes[index] == UInt8(ascii: "+") ? 0x20 : bytes[index])
                index += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
