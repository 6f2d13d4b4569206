// What a permission names: operations by name, with wildcards, or by the scopes that they ask for.

/// `clients.*`, `users.get`, `authentication.oauth.*`, `userinfo.get_user_info`, `read:users`, `request`, `*`.
///
/// `*` stands for any run of characters. A pattern with a colon is about scopes and matches the operations that name at
/// least one such scope; `request` is what the catalog does not know.
public struct OperationPattern: Sendable, Hashable, CustomStringConvertible {
    private let text: String
    public var description: String { text }

    /// - Throws: kind `argument` when no operation of the catalog matches, with the nearest name.
    public init(_ text: String) throws(APIError) {
        self.text = text
        if matches(name: "request") || Self.names.contains(where: matches(name:)) { return }
        if text.contains(":"), Self.scopes.contains(where: { Self.glob(text, $0) }) { return }
        let near = Self.suggestion(for: text).map { "did you mean '\($0)'?" }
        throw APIError(
            .argument, name: "InvalidArgumentError", message: "no operation and no scope is called '\(text)'",
            hint: near ?? "name operations such as 'clients.*' or 'users.get', or scopes such as 'read:users'")
    }

    /// Patterns with commas between them; spaces around them do not count.
    ///
    /// - Throws: as `init`, and for a text without any.
    public static func list(_ text: String) throws(APIError) -> [OperationPattern] {
        var patterns: [OperationPattern] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            patterns.append(try OperationPattern(String(part.trimmingSpaces)))
        }
        return patterns
    }

    public func matches(_ operation: Operation) -> Bool {
        text.contains(":")
            ? operation.scopes.contains { Self.glob(text, $0) } : matches(name: operation.qualifiedName)
    }

    private func matches(name: String) -> Bool { Self.glob(text, name) }

    /// The names of all operations as patterns write them.
    private static var names: [String] {
        API.allCases.flatMap { api in
            Catalog.shared.names(in: api).map { api == .management ? $0 : "\(api.rawValue).\($0)" }
        }
    }
    private static var scopes: Set<String> { Set(Catalog.shared.operations(in: .management).flatMap(\.scopes)) }

    private static func suggestion(for text: String) -> String? {
        if text.contains(":") { return Spelling.nearest(to: text, among: scopes.sorted(), limit: 1).first }
        if let near = Catalog.shared.suggestions(for: text, in: .management, limit: 1).first { return near }
        let groups = names.compactMap { name in name.lastIndex(of: ".").map { "\(name[..<$0]).*" } }
        return Spelling.nearest(to: text, among: names + groups, limit: 1).first
    }

    /// Whether a text fits a pattern, in time of at most the product of their lengths.
    private static func glob(_ pattern: String, _ text: String) -> Bool {
        var pattern = Array(pattern.utf8)[...], text = Array(text.utf8)[...]
        var star: (rest: ArraySlice<UInt8>, text: ArraySlice<UInt8>)?
        while !text.isEmpty {
            if pattern.first == UInt8(ascii: "*") {
                pattern.removeFirst()
                star = (pattern, text)
            } else if pattern.first == text.first {
                pattern.removeFirst()
                text.removeFirst()
            } else if let back = star {
                text = back.text.dropFirst()
                pattern = back.rest
                star = (back.rest, text)
            } else {
                return false
            }
        }
        return pattern.allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

extension Operation {
    /// The name with its API in front, but for the Management API: `clients.get`, `authentication.oauth.password_grant`.
    public var qualifiedName: String { api == .management ? name : "\(api.rawValue).\(name)" }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var text = drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return text
    }
}
