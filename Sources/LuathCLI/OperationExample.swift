// One line that calls an operation, for the reference and for editors.

import Auth0API

extension Operation {
    var example: String {
        let path = (bearerParameter.map { [$0] } ?? []) + pathParameters.map(\.name)
        var arguments = path.map { "\"\($0.uppercased())\"" }
        let required = (query + (body?.fields ?? [])).filter(\.isRequired)
        let shown = required.isEmpty ? Array((body?.fields ?? []).prefix(1)) : required
        if let body = body, body.type == .array {
            arguments.append("{ \(sample(body.items)) }")
        } else if !shown.isEmpty {
            arguments.append("{ \(shown.map { "\($0.name) = \(sample($0))" }.joined(separator: ", ")) }")
        }
        if let paging = paging {
            let item = paging.listKey.hasSuffix("s") ? String(paging.listKey.dropLast()) : "item"
            return
                "for \(item) in \(luaName)(\(arguments.joined(separator: ", "))) do print(require(\"json\").encode(\(item))) end"
        }
        let call = "\(luaName)(\(arguments.joined(separator: ", ")))"
        if buildsURL { return "local url = \(call)" }
        if isEventStream { return "for event in \(call) do print(event.type) end" }
        return response == nil ? call : "local answer = \(call)"
    }

    private func sample(_ field: Field) -> String {
        if let value = field.values?.first { return field.type == .array ? "{ \"\(value)\" }" : "\"\(value)\"" }
        switch field.type {
        case .number: return "1"
        case .boolean: return "true"
        case .array: return "{ \(sample(field.items)) }"
        case .object, .map, .union, .any: return "{}"
        default: return "\"…\""
        }
    }

    private func sample(_ type: String?) -> String {
        switch type {
        case "string", nil: "\"…\""
        case "number": "1"
        case "boolean": "true"
        default: "{}"
        }
    }
}
