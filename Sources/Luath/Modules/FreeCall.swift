// `management.request`: a call of whatever the API has and the catalog does not.

import Auth0API
import LuaHost

extension Auth0Module {
    private static let usage = #"management.request { method = "GET", path = "/clients", query = {…}, body = {…} }"#

    /// `request({ method=, path=, query=, body= }, options?)`.
    func freeCall(_ call: LuaCall) throws -> ManagementCall {
        func wrong(_ message: String) -> APIError {
            APIError(
                .argument, name: "InvalidArgumentError", message: message, operation: "request",
                hint: "call \(Self.usage)"
            )
        }
        guard call.type(1) == .table else { throw wrong("the request must be a table, got \(call.type(1).name)") }
        for key in call.keys(of: 1) where !["method", "path", "query", "body"].contains(key) {
            throw wrong("unknown field '\(key)'")
        }
        let name = call.field("method", of: 1)
        guard let verb = name.isNil ? .get : name.string.flatMap({ Verb(rawValue: $0.uppercased()) }) else {
            throw wrong("'method' must be one of \(Verb.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard let path = call.field("path", of: 1).string else {
            throw wrong("'path' must be a text such as '/clients'")
        }
        try call.stack.pushField("body", of: 1)
        let body = call.stack.type(-1) == .nil ? nil : try call.json(call.stack.top, reveal: LuaCall.reveal)
        call.stack.pop()
        let operation = Operation.uncatalogued(
            verb, path: try Self.checked(path, wrong), hasBody: body != nil, in: .management)
        var query: [QueryValue.Pair] = []
        switch call.field("query", of: 1) {
        case .nil: break
        case .array(let items) where items.isEmpty: break
        case .table(let fields):
            query = try fields.sorted { $0.key < $1.key }.map {
                .init($0.key, try QueryValue($0.value, $0.key, operation))
            }
        default: throw wrong("'query' must be a table with keys")
        }
        try run.permit(verb, at: operation.path)
        let options = try LuaCallOptions(call, at: 2, operation: operation)
        if call.count > 2 { throw wrong("too many arguments (\(call.count))") }
        return try managementCall(call, operation, path: operation.path, query: query, body: body, options)
    }

    /// The path below the API's base, percent-encoded where it is not yet, and no other name for another one.
    static func checked(_ path: String, _ wrong: (String) -> APIError) throws -> String {
        var path = path[...]
        if path == "/api/v2" || path.hasPrefix("/api/v2/") { path = path.dropFirst("/api/v2".count) }
        guard path.first == "/", path.count > 1 else { throw wrong("'path' must start with '/', as in '/clients'") }
        if path.contains("?") || path.contains("#") {
            throw wrong("'path' has a '?' or '#' in it: give the query in 'query'")
        }
        for part in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let plain = part.lowercased().replacing("%2e", with: ".").replacing("%5c", with: "%2f")
            let climbs = plain.replacing("%2f", with: "/").split(separator: "/").contains { $0 == "." || $0 == ".." }
            if part.isEmpty || climbs {
                throw wrong("'path' has a part that is '\(part)', so it would name another resource")
            }
        }
        return PercentEncoding.path(String(path))
    }
}
