// One operation as `luath api` shows it.

import Auth0API

extension Operation {
    /// As a script calls it: `management.clients.update`.
    var luaName: String { "\(api.rawValue).\(name)" }
}

struct OperationReference {
    private let operation: Operation
    init(_ operation: Operation) { self.operation = operation }

    var text: String {
        var text = "\(operation.api.rawValue).\(operation.signature)\n\n"
        text += "  \(operation.verb.rawValue) \(operation.path)\n"
        if !operation.scopes.isEmpty { text += "  scopes: \(operation.scopes.joined(separator: ", "))\n" }
        if operation.lifecycle != "GA" { text += "  lifecycle: \(operation.lifecycle)\n" }
        if operation.verb == .delete { text += "  deletes: luath run needs --allow-delete\n" }
        if let paging = operation.paging {
            text +=
                "  gives a page of \(paging.listKey), at most \(paging.maxPageSize); for item in page walks over all pages\n"
            if let cap = paging.cap {
                text += "  at most \(cap) results in all" + (paging.capHint.map { ": \($0)" } ?? "") + "\n"
            }
        } else if operation.buildsURL {
            text += "  gives a URL for a browser to visit; nothing is sent\n"
        } else if let response = operation.response {
            text += "  gives \(response)\n"
        } else {
            text += "  gives nothing\n"
        }
        if !operation.pollErrors.isEmpty {
            text +=
                "  waits while the answer is \(operation.pollErrors.joined(separator: " or ")): { poll_interval = 5 }\n"
        }
        if let hint = operation.hint { text += "  note: \(hint)\n" }
        text += table("Path", operation.pathParameters)
        text += table("Query", operation.query)
        text += table("Body", operation.body?.fields ?? [])
        if let body = operation.body, body.fields.isEmpty { text += "\nBody: \(bodyText(body))\n" }
        return text + "\nExample:\n  \(example)\n"
    }

    private func bodyText(_ body: Body) -> String {
        switch body.type {
        case .array: "a list of \(body.items ?? "values")"
        case .map: "a table of any keys, with \(body.items ?? "any") values"
        case .union: "one of \((body.anyOf ?? []).joined(separator: ", "))"
        default: "a table"
        }
    }

    /// A type that an operation's fields name.
    static func text(of shape: Shape) -> String {
        if !shape.anyOf.isEmpty { return "\(shape.name)\n\nOne of: \(shape.anyOf.joined(separator: ", "))\n" }
        let others = shape.additional.map { "\nOther fields: \($0)\n" } ?? ""
        return "\(shape.name)\n\(table("Fields", shape.fields))\(others)"
    }

    private func table(_ title: String, _ fields: [Field]) -> String { Self.table(title, fields) }

    private static func table(_ title: String, _ fields: [Field]) -> String {
        guard !fields.isEmpty else { return "" }
        let sorted = fields.filter(\.isRequired) + fields.filter { !$0.isRequired }
        let width = sorted.map(\.name.count).max() ?? 0
        return "\n\(title):\n"
            + sorted.map { field in
                let padding = String(repeating: " ", count: width - field.name.count)
                return "  \(field.name)\(padding)  \(type(of: field))\(requirement(of: field))\n"
            }.joined()
    }

    private static func requirement(of field: Field) -> String {
        guard field.isRequired else { return "" }
        return ", required" + (field.replacedBy.map { " unless there is a \($0)" } ?? "")
    }

    private static func type(of field: Field) -> String {
        if let values = field.values, !values.isEmpty {
            let shown = values.prefix(6).map { "'\($0)'" }.joined(separator: " | ") + (values.count > 6 ? " | …" : "")
            return field.type == .array ? "list of \(shown)" : shown
        }
        switch field.type {
        case .array: return "list of \(field.items ?? field.ref ?? "any")"
        case .map: return "table of \(field.items ?? "any")"
        case .object: return field.ref ?? "table"
        case .union: return (field.anyOf ?? []).joined(separator: " | ")
        default: return field.type.rawValue
        }
    }

    private var example: String {
        let path = (operation.bearerParameter.map { [$0] } ?? []) + operation.pathParameters.map(\.name)
        var arguments = path.map { "\"\($0.uppercased())\"" }
        let required = (operation.query + (operation.body?.fields ?? [])).filter(\.isRequired)
        let shown = required.isEmpty ? Array((operation.body?.fields ?? []).prefix(1)) : required
        if let body = operation.body, body.type == .array {
            arguments.append("{ \(sample(body.items)) }")
        } else if !shown.isEmpty {
            arguments.append("{ \(shown.map { "\($0.name) = \(sample($0))" }.joined(separator: ", ")) }")
        }
        if let paging = operation.paging {
            let item = paging.listKey.hasSuffix("s") ? String(paging.listKey.dropLast()) : "item"
            return
                "for \(item) in \(operation.luaName)(\(arguments.joined(separator: ", "))) do print(require(\"json\").encode(\(item))) end"
        }
        let call = "\(operation.luaName)(\(arguments.joined(separator: ", ")))"
        if operation.buildsURL { return "local url = \(call)" }
        return operation.response == nil ? call : "local answer = \(call)"
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
