// One operation as `luath api` shows it.

import Auth0API
import Auth0Client
import Luath

extension Operation {
    /// As a script calls it: `management.clients.update`.
    var luaName: String { "\(api.rawValue).\(name)" }
}

struct OperationReference {
    private let operation: Operation
    init(_ operation: Operation) { self.operation = operation }

    var text: String {
        var facts = ["\(operation.verb.rawValue) \(operation.path)"]
        func add(_ title: String, _ text: String?) { if let text { facts.append("\(title)\(text)") } }
        add("scopes: ", operation.scopes.isEmpty ? nil : operation.scopes.joined(separator: ", "))
        add("lifecycle: ", operation.lifecycle == "GA" ? nil : operation.lifecycle)
        add("deletes: ", operation.verb == .delete ? "luath run needs --allow-delete" : nil)
        if let paging = operation.paging {
            add("gives ", "a page of \(paging.listKey); for item in page walks over the items of all pages")
            let advice = paging.capHint.map { ": \($0)" } ?? ""
            add("", paging.cap.map { "at most \($0) results in all\(advice)" })
        } else if operation.buildsURL {
            add("gives ", "a URL for a browser to visit; nothing is sent")
        } else {
            add("gives ", operation.response ?? "nothing")
        }
        add("note: ", operation.hint)
        let lines = facts.map { Columns.wrap("  ", $0, indent: 4) }.joined()
        return "\(operation.api.rawValue).\(operation.signature)\n\n\(lines)\(tables)"
            + Columns.wrap("\nOptions: ", LuaCallOptions.known(for: operation).joined(separator: ", "), indent: 2)
            + Columns.wrap("\nErrors: ", words: errors, indent: 2) + "\nExample:\n  \(operation.example)\n"
    }

    private var tables: String {
        var tables = [FieldTable("Path", operation.pathParameters), FieldTable("Query", operation.query)]
        tables[1].nullIsNothing = true
        tables[1].defaults = operation.paging?.defaults ?? [:]
        if let body = operation.body {
            if body.fields.isEmpty {
                tables.append(FieldTable("Body: \(bodyText(body))", []))
            } else {
                tables.append(FieldTable("Body", body.fields))
            }
        }
        let type = tables.lazy.compactMap(\.nestedType).first ?? operation.response.flatMap { TypeName($0).shapeName }
        let more = type.map { Columns.wrap("\nTypes: ", "luath api \($0) shows the fields of one", indent: 2) } ?? ""
        return tables.map(\.text).joined() + more
    }

    /// Each as one word of the text.
    private var errors: [String] {
        let others = ["no answer NetworkError", "or TimeoutError"]
        switch operation.api {
        case .management:
            let byStatus = APIError.managementNames.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)," }
            return byStatus + ["other statuses ManagementError,"] + others
        case .authentication: return ["AuthApiError with the answer's code,"] + others
        case .userinfo: return ["UserInfoError,"] + others
        }
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
        if !shape.anyOf.isEmpty {
            return "\(shape.name)\n" + Columns.wrap("\nOne of: ", shape.anyOf.joined(separator: ", "), indent: 2)
        }
        let others = shape.additional.map { "\nOther fields: \($0)\n" } ?? ""
        return "\(shape.name)\n\(FieldTable("Fields", shape.fields).text)\(others)"
    }
}

extension Paging {
    /// What a list asks for when the caller leaves it out.
    fileprivate var defaults: [String: String] {
        switch kind {
        case .checkpoint: ["take": "\(maxPageSize)"]
        case .offset:
            ["page": "0", "per_page": "\(maxPageSize)"].merging(hasTotals ? ["include_totals": "true"] : [:]) { $1 }
        }
    }
}

extension TypeName {
    /// The first shape in it.
    var shapeName: String? {
        switch self {
        case .primitive: nil
        case .shape(let name): name
        case .array(let inner), .map(let inner): inner.shapeName
        case .union(let inner): inner.lazy.compactMap(\.shapeName).first
        }
    }
}
