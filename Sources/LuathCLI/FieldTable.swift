// Fields in two columns: names, then what each may hold.

import Auth0API

struct FieldTable {
    private let title: String
    private let fields: [Field]
    /// Values that are sent when a field is left out.
    var defaults: [String: String] = [:]
    /// Whether null says the same as leaving a field out.
    var nullIsNothing = false

    init(_ title: String, _ fields: [Field]) {
        self.title = title
        self.fields = fields.filter(\.isRequired) + fields.filter { !$0.isRequired }
    }

    /// Empty when there is nothing to say.
    var text: String {
        if fields.isEmpty { return title.contains(":") ? Columns.wrap("\n", title, indent: 2) : "" }
        let width = min(fields.map(\.name.count).max() ?? 0, Self.widestName)
        return "\n\(title):\n"
            + fields.map { field in
                let padding = String(repeating: " ", count: max(width - field.name.count, 0))
                return Columns.wrap("  \(field.name)\(padding)  ", content(of: field), indent: width + 4)
            }.joined()
    }

    /// Longer names push their content to the right.
    private static let widestName = 40

    /// The name of a type that a field has, for a reader who wants to see one.
    var nestedType: String? {
        fields.lazy.compactMap { field in
            ([field.ref, field.items] + (field.anyOf ?? [])).lazy.compactMap { $0 }
                .compactMap { TypeName($0).shapeName }.first
        }.first
    }

    private func content(of field: Field) -> String {
        var parts = [Self.type(of: field)]
        if field.isNullable, !nullIsNothing { parts.append("or null") }
        if let limits = field.limits { parts.append(limits) }
        if field.isRequired { parts.append("required") }
        if let value = defaults[field.name] { parts.append("\(value) when left out") }
        return parts.joined(separator: ", ")
    }

    private static func type(of field: Field) -> String {
        if let values = field.values, !values.isEmpty {
            let listed = values.map { "'\($0)'" }.joined(separator: ", ")
            return (field.type == .array ? "list of " : values.count > 1 ? "one of " : "") + listed
        }
        switch field.type {
        case .array: return "list of \(field.items ?? field.ref ?? "any")"
        case .map: return "table of \(field.items ?? "any")"
        case .object: return field.ref ?? "table"
        case .union: return (field.anyOf ?? field.ref.map { [$0] } ?? ["any"]).joined(separator: " | ")
        case .file: return "a path (needs --allow-read), a list, or JSON text"
        default: return field.type.rawValue
        }
    }
}

extension Field {
    /// `0 to 100`, `at most 255 characters`; nil when the catalog knows none.
    var limits: String? {
        func number(_ value: Double) -> String { Int64(exactly: value).map { String($0) } ?? "\(value)" }
        switch (minimum, maximum, minLength, maxLength) {
        case (let low?, let high?, _, _): return "\(number(low)) to \(number(high))"
        case (let low?, nil, _, _): return "from \(number(low))"
        case (nil, let high?, _, _): return "at most \(number(high))"
        case (_, _, let low?, let high?): return "\(low) to \(high) characters"
        case (_, _, nil, let high?): return "at most \(high) characters"
        default: return nil
        }
    }
}
