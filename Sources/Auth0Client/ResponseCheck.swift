// The last look at an answer before it is handed out: is it what the operation promises?

import Auth0API

extension APIResponse {
    /// This answer, if it is a success that can hold what the operation gives.
    ///
    /// The body itself is not parsed here: a JSON body that is cut or wrong is found by whoever parses it.
    ///
    /// - Throws: the error of an error status (a redirect counts as one), or kind `parse` for a body whose type is not
    ///   JSON where JSON is promised.
    func checked(for operation: Operation) throws(APIError) -> APIResponse {
        guard (200..<300).contains(status) else {
            var error = APIError.from(response: self, operation: operation, attempts: attempts)
            if (300..<400).contains(status) {
                error.message = "status \(status): a redirect\(target) that is not followed"
                error.hint = "check the domain"
            }
            throw error
        }
        guard let type = headers["content-type"], !body.isEmpty, let promised = operation.response,
            promised != "text", !Self.isJSON(type)
        else { return self }
        throw APIError(
            .parse, name: "ParseError",
            message: "the answer is '\(type.prefix(100))', not JSON", operation: operation.name, status: status,
            hint: "a proxy or gateway may have answered instead of Auth0: check the domain and HTTPS_PROXY",
            attempts: attempts, response: self)
    }

    /// - Throws: kind `parse` for an answer that is no stream of events; 204 is one that has ended.
    func checkEventStream(_ operation: Operation) throws(APIError) {
        let type = headers["content-type"] ?? "nothing"
        guard status != 204, type.prefix(while: { $0 != ";" && $0 != " " }).lowercased() != "text/event-stream" else {
            return
        }
        throw APIError(
            .parse, name: "ParseError", message: "the answer is '\(type.prefix(100))', not a stream of events",
            operation: operation.name, status: status,
            hint: "a proxy or gateway may have answered instead of Auth0: check the domain and HTTPS_PROXY",
            attempts: attempts, response: self)
    }

    /// Whether the body's type is one of JSON; true when there is no type, as some proxies take it away.
    public var isJSON: Bool { headers["content-type"].map(Self.isJSON) ?? true }

    private var target: String { headers["location"].map { " to \($0.urlHost)" } ?? "" }

    static func isJSON(_ contentType: String) -> Bool {
        let type = contentType.prefix { $0 != ";" && $0 != " " }.lowercased()
        return type == "application/json" || type.hasSuffix("+json") || type == "text/json"
    }
}
