// What is wrong with the request that a case made, and with the result that its call gave.

import Foundation

extension OperationCase {
    func mismatches(_ request: RecordedRequest?) -> [String] {
        guard let request else { return ["no request arrived"] }
        var found: [String] = []
        func compare<Part: Equatable>(_ name: String, _ got: Part, _ wanted: Part) {
            if got != wanted { found.append("\(name) is \(got), wanted \(wanted)") }
        }
        compare("method", request.method, operation.verb.rawValue)
        compare("path", request.path, path)
        compare("query", request.query, query)
        for (name, value) in headers { compare("header \(name)", request.headers[name], value) }
        for name in ["content-type", "authorization", "auth0-custom-domain"] where headers[name] == nil {
            if case .multipart = body, name == "content-type" { continue }
            compare("header \(name)", request.headers[name], nil)
        }
        if request.headers["auth0-client"] == nil { found.append("header auth0-client is missing") }
        switch body {
        case .none: compare("body", request.body, "")
        case .json(let wanted):
            if (try? Value(json: request.body)) != wanted {
                found.append("body is \(request.body), wanted \(wanted.json)")
            }
        case .form(let wanted): compare("form", request.form, wanted)
        case .multipart(let fields, let file):
            let type = request.headers["content-type"] ?? ""
            if !type.hasPrefix("multipart/form-data") { found.append("header content-type is '\(type)'") }
            var parts = request.parts
            let users = parts.removeValue(forKey: "users")
            compare("parts", parts.mapValues(\.content), fields)
            if case .string(let text) = file {
                compare("file", users?.content, text)
            } else {
                compare("file", users.flatMap { try? Value(json: $0.content) }, file)
            }
            if users?.headers.contains("filename=") != true { found.append("the part 'users' is no file") }
        }
        return found
    }

    func mismatches(result: Value?, status: Int?, number: Int) -> [String] {
        if operation.isEventStream { return [] }
        var found: [String] = []
        let wanted = self.result(number)
        // A client may add what it knows to a grant's answer; what came is all there.
        var got = result
        if operation.api == .authentication, case .object(let fields)? = result, case .object(let came)? = wanted {
            got = .object(fields.filter { came[$0.key] != nil })
        }
        if got != wanted { found.append("result is \(result?.json ?? "nil"), wanted \(wanted?.json ?? "nil")") }
        if status != operation.successStatus.first ?? 200 { found.append("status is \(status ?? 0)") }
        return found
    }

    /// Of an operation that builds a URL and sends nothing.
    func mismatches(url: Value?, _ origin: String) -> [String] {
        guard case .string(let url)? = url else { return ["result is \(url?.json ?? "nil"), wanted a URL"] }
        let parts = url.split(separator: "?", maxSplits: 1).map(String.init)
        var found: [String] = []
        if parts.first != origin + path { found.append("URL is \(url), wanted \(origin + path)") }
        let pairs = parts.dropFirst().first?.split(separator: "&").map(String.init).sorted() ?? []
        if pairs != query { found.append("query is \(pairs), wanted \(query)") }
        return found
    }
}
