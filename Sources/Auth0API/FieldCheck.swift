// What is wrong with a value before it is sent, said so that the reader can put it right.

/// The kind of a value that a script gave.
public enum ValueKind: String, Sendable {
    case null, boolean, number, string
    /// A table with the keys 1, 2, 3, …, or with none.
    case array
    case object
    /// Bytes that come from a file.
    case file
}

extension Field {
    /// Why a value of that kind, or that text, does not fit; nil when it does.
    ///
    /// Only what cannot be meant is refused: a table where one value belongs, one value where a table belongs, a text
    /// outside a closed list. Numbers as text, ranges and lengths are left to the server, which knows its tenant.
    /// - Parameters:
    ///   - kind: what the script gave. An empty table is `.array` and fits an object too.
    ///   - text: the value, when it is a string; of a list, check each element with `mismatch(withElement:)`.
    ///   - isEmpty: whether it is an empty table.
    public func mismatch(with kind: ValueKind, text: String? = nil, isEmpty: Bool = false) -> String? {
        let isTable = kind == .array || kind == .object
        switch type {
        case .any, .union, .file: return nil
        case .string, .number, .boolean:
            if isTable { return "'\(name)' must be a \(type.rawValue), got a table" }
            if let text, type == .string { return unlisted(text) }
            return nil
        case .array:
            if kind == .object { return "'\(name)' must be a list, got a table with keys" }
            return isTable || kind == .null || kind == .file ? nil : "'\(name)' must be a list, got a \(kind.rawValue)"
        case .object, .map:
            if kind == .array, !isEmpty { return "'\(name)' must be a table with keys, got a list" }
            return isTable || kind == .null || kind == .file ? nil : "'\(name)' must be a table, got a \(kind.rawValue)"
        }
    }

    /// Why a text is not allowed as an element of this list; nil when it is.
    public func mismatch(withElement text: String) -> String? { type == .array ? unlisted(text) : nil }

    private func unlisted(_ text: String) -> String? {
        guard let values, !values.isEmpty, !values.contains(text) else { return nil }
        let listed = values.count <= 12 ? values : Array(values.prefix(12)) + ["…"]
        let near = Spelling.nearest(to: text, among: values, limit: 1).first.map { " (did you mean '\($0)'?)" } ?? ""
        return "'\(name)' must be one of \(listed.map { $0 == "…" ? $0 : "'\($0)'" }.joined(separator: ", ")), "
            + "got '\(text)'\(near)"
    }
}

extension Operation {
    /// The names that a request may use: query keys, then body keys.
    public var requestNames: [String] { query.map(\.name) + (body?.fields.map(\.name) ?? []) }

    /// The right names that an unknown key of a request may have meant, nearest first.
    public func suggestions(forUnknownKey key: String) -> [String] { Spelling.nearest(to: key, among: requestNames) }
}
