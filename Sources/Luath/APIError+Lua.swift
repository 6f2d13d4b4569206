// An API error as a script sees it, with the fields of the contract.

import Auth0API
import LuaHost

extension APIError: LuaErrorConvertible {
    public var luaError: LuaError {
        var fields: [(key: String, value: LuaValue)] = [("attempts", .integer(Int64(attempts)))]
        func add(_ key: String, _ text: String?) { if let text { fields.append((key, .string(text))) } }
        add("operation", operation)
        add("code", code)
        add("hint", hint)
        if let status { fields.append(("status_code", .integer(Int64(status)))) }
        if let retryAfter {
            let seconds = Double(retryAfter.components.seconds) + Double(retryAfter.components.attoseconds) / 1e18
            fields.append(("retry_after", .number(seconds)))
        }
        if let response {
            fields.append(("raw_response", response.luaValue))
            if !response.body.isEmpty {
                // A body that could not be read as JSON once is given as text.
                let document = kind == .parse ? nil : try? LuaJSON(response.body)
                fields.append(("body", document.map { .json($0) } ?? .bytes(response.body)))
            }
        }
        return LuaError(name: name, kind: kind.rawValue, message: message, fields: fields)
    }
}

extension APIResponse {
    /// `{ status, headers, url, attempts }`.
    var luaValue: LuaValue {
        .table([
            ("status", .integer(Int64(status))),
            ("headers", .table(headers.map { ($0.name, .string($0.value)) })),
            ("url", .string(url)),
            ("attempts", .integer(Int64(attempts))),
        ])
    }
}
