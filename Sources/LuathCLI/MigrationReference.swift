// One old name as `luath api --migrate` shows it: what it is called today, and where its arguments went.

import Auth0API

struct MigrationReference {
    private let name: LegacyName
    init(_ name: LegacyName) { self.name = name }

    /// The old call, then each operation that it can be.
    var text: String {
        var text = "\(name.generation.module): \(client).\(name.signature)\n"
        if let operation = name.operation { text += operationText(operation, renames: name.renames) }
        for item in name.cases {
            guard let operation = item.operation else { continue }
            text += "\n  with \(item.condition)" + operationText(operation, renames: item.renames)
        }
        for item in name.specialCases {
            guard let operation = item.operation else { continue }
            text += "\n  with \(item.condition) also: \(operation.luaName)(\(arguments(operation)))\n"
        }
        return text
    }

    /// An operation that has the old name in today's spelling and is another one.
    private func namesake(of operation: Operation) -> Operation? {
        let spelled = name.name.split(separator: ".").map { Spelling.snakeCased(String($0)) }.joined(separator: ".")
        guard spelled != operation.name else { return nil }
        return Catalog.shared.operation(spelled, in: name.api)
    }

    private var client: String { name.api.rawValue }
    private var hasData: Bool { name.arguments.contains { $0.hasPrefix("data") } }
    private var hasParams: Bool { name.arguments.contains { $0.hasPrefix("params") } }

    private func operationText(_ operation: Operation, renames: [String: String]) -> String {
        let rows = moves(operation, renames)
        let width = rows.map(\.0.count).max() ?? 0
        var text = "\n  auth0: \(operation.api.rawValue).\(operation.signature)\n"
        text += "  \(operation.verb.rawValue) \(operation.path)\n\n"
        for (new, old) in rows {
            text += "  \(new)\(String(repeating: " ", count: width - new.count))  \(old)\n"
        }
        text += "\n  before: \(before(operation, renames))\n  after:  \(after(operation))\n"
        if let other = namesake(of: operation) {
            text += "\n  note: \(other.luaName) is another operation, \(other.verb.rawValue) \(other.path)\n"
        }
        return text
    }

    /// What each argument of today was, and what the results are.
    private func moves(_ operation: Operation, _ renames: [String: String]) -> [(String, String)] {
        var rows: [(String, String)] = []
        if let text = operation.bearerParameter { rows.append((text, "was the first argument")) }
        for (old, new) in zip(name.parameters, operation.pathParameters.map(\.name)) {
            rows.append((new, old == name.text ? "was the first argument" : "was params.\(old)"))
        }
        if let text = name.text, !name.parameters.contains(text), operation.bearerParameter == nil {
            rows.append(("request.\(text)", "was the first argument"))
        }
        if operation.takesRequest {
            if hasParams, !operation.query.isEmpty { rows.append(("request", "were the other keys of params")) }
            if let wrap = name.wrap {
                rows.append(("request.\(wrap)", "was data"))
            } else if let key = name.bodyKey {
                rows.append(("request", "was params.\(key)"))
            } else if hasData {
                rows.append(("request", "was data"))
            }
            rows += name.bodyKeys.map { ("request.\($0)", "was params.\($0)") }
            rows += renames.sorted { $0.key < $1.key }.map { ("request.\($0.value)", "was data.\($0.key)") }
            rows += name.sets.sorted { $0.key < $1.key }.map {
                ("request.\($0.key)", "is \"\($0.value)\"; the name said it")
            }
            rows += name.defaults.sorted { $0.key < $1.key }.map {
                ("request.\($0.key)", "was \"\($0.value)\" when left out; give it")
            }
        }
        if name.arguments.contains("overrides?") { rows.append(("options", "was initOverrides")) }
        if name.arguments.contains("options?") {
            rows.append(("options.headers[\"auth0-forwarded-for\"]", "was options.forwardedFor"))
        }
        let isList = operation.paging != nil
        rows.append(
            (
                "result",
                (isList
                    ? "a page: page.data, and for item in page walks over all pages" : "the body, then the response")
                    + (name.generation == .v2 ? "; was the body" : "; was { data, status, status_text, headers }")
            ))
        if name.generation == .v2 { rows.append(("errors", "are raised; there is no callback")) }
        return rows
    }

    // MARK: Examples

    /// A call under the old name and the same call today, for each operation that the name can be.
    var examples: [(before: String, after: String)] {
        ([name.operation] + name.cases.map(\.operation)).compactMap { $0 }.map { operation in
            let renames = name.cases.first { $0.operation == operation }?.renames ?? name.renames
            return (before(operation, renames), after(operation))
        }
    }

    private func before(_ operation: Operation, _ renames: [String: String]) -> String {
        let values = Dictionary(zip(name.parameters, operation.pathParameters.map(Self.path))) { first, _ in first }
        var arguments = name.text.map { [values[$0] ?? "\"…\""] } ?? []
        let fixed = name.cases.first { $0.operation == operation }.map { [$0.condition] } ?? []
        for argument in name.arguments {
            if argument.hasPrefix("params") {
                let path = name.parameters.filter { $0 != name.text }.map { "\($0) = \(values[$0] ?? "")" }
                let rest = name.bodyKey.map { ["\($0) = {}"] } ?? (name.text == nil ? query(operation) : [])
                let keys = path + fixed + rest
                if !keys.isEmpty {
                    arguments.append("{ \(keys.joined(separator: ", ")) }")
                } else if hasData {
                    arguments.append("{}")
                }
            } else if argument.hasPrefix("data") {
                let old = Dictionary(renames.map { ($0.value, $0.key) }.sorted { $0.1 > $1.1 }) { $1 }
                let given = hasParams ? [] : fixed
                arguments.append(name.wrap == nil ? body(operation, given) { old[$0] ?? $0 } : "{}")
            }
        }
        return "\(client).\(name.name)(\(arguments.joined(separator: ", ")))"
    }

    private func after(_ operation: Operation) -> String {
        let call = "\(operation.luaName)(\(arguments(operation)))"
        return operation.paging == nil ? call : "for item in \(call) do … end"
    }

    private func arguments(_ operation: Operation) -> String {
        var arguments =
            (operation.bearerParameter == nil ? [] : ["\"…\""]) + operation.pathParameters.map(Self.path)
        if let wrap = name.wrap {
            arguments.append("{ \(wrap) = {} }")
        } else if operation.body != nil, hasData || name.bodyKey != nil {
            let added = name.sets.merging(name.defaults) { $1 }.sorted { $0.key < $1.key }.map {
                "\($0.key) = \"\($0.value)\""
            }
            arguments.append(name.bodyKey == nil ? body(operation, added) { $0 } : "{}")
        } else if hasParams, !query(operation).isEmpty {
            arguments.append("{ \(query(operation).joined(separator: ", ")) }")
        }
        return arguments.joined(separator: ", ")
    }

    private func query(_ operation: Operation) -> [String] {
        let required = operation.query.filter(\.isRequired)
        let shown = required.isEmpty ? operation.query.filter { ["per_page", "take"].contains($0.name) } : required
        return shown.prefix(1).map { "\($0.name) = \(Self.sample($0))" }
    }

    private func body(_ operation: Operation, _ given: [String] = [], _ spelled: (String) -> String) -> String {
        guard let body = operation.body, body.type != .array else { return "{ \"…\" }" }
        let skipped = ["client_id", "client_secret", "client_assertion", "client_assertion_type"]
        let fields = body.fields.filter {
            (operation.api == .management || !skipped.contains($0.name)) && name.sets[$0.name] == nil
        }
        let required = fields.filter(\.isRequired)
        let shown = required.isEmpty ? Array(fields.prefix(1)) : required
        let parts = given + shown.map { "\(spelled($0.name)) = \(Self.sample($0))" }
        return parts.isEmpty ? "{}" : "{ \(parts.joined(separator: ", ")) }"
    }

    private static func path(_ parameter: Field) -> String { "\"\(parameter.values?.first ?? "ID")\"" }

    private static func sample(_ field: Field) -> String {
        switch field.type {
        case .string: field.values?.first.map { "\"\($0)\"" } ?? "\"…\""
        case .number: field.name == "per_page" || field.name == "take" ? "50" : "1"
        case .boolean: "true"
        default: "{}"
        }
    }
}
