// URLs for a browser to visit: login, logout, SAML, WS-Federation. Nothing is sent.

import Auth0API

extension AuthenticationClient {
    /// The URL of an operation that `buildsURL`.
    ///
    /// The client's id is added where the protocol takes it. A flag (`federated`) is a name without a value.
    ///
    /// - Parameters:
    ///   - path: values of the path's parameters, not encoded.
    ///   - query: texts, numbers and truth values, in the order in which they are to appear; null counts as absent.
    /// - Throws: kind `argument` for an operation that is sent, a wrong path value, or a table as a value.
    public func url(
        for operation: Operation, path: [String] = [], query: [QueryValue.Pair] = []
    ) throws(APIError) -> String {
        guard operation.buildsURL else {
            throw operation.invalidArgument("it is sent and makes no URL", hint: "use send")
        }
        var parts: [String] = []
        var pairs = query
        if operation.clientAuthentication?.sendsClientID ?? false,
            !query.contains(where: { $0.name == "client_id" && $0.value != .null })
        {
            pairs = [.init("client_id", .string(clientID))] + query.filter { $0.name != "client_id" }
        }
        for pair in pairs {
            let isFlag = operation.query.contains { $0.name == pair.name && $0.type == .boolean }
            switch pair.value {
            case .array, .object:
                throw operation.invalidArgument("'\(pair.name)' must be a text, got a table")
            case .boolean(let flag) where isFlag:
                if flag { parts.append(PercentEncoding.component(pair.name)) }
            case .string(let text) where isFlag:
                guard ["", "true", "false"].contains(text) else {
                    throw operation.invalidArgument("'\(pair.name)' must be true or false, got '\(text)'")
                }
                if text != "false" { parts.append(PercentEncoding.component(pair.name)) }
            case .null, .boolean, .integer, .number, .string:
                let text = Operation.query([pair])
                if !text.isEmpty { parts.append(text) }
            }
        }
        let base = client.tenant.origin + (try operation.path(arguments: path))
        return parts.isEmpty ? base : "\(base)?\(parts.joined(separator: "&"))"
    }
}
