// The names of older generations, looked up like the operations: one line decoded at a time.

import CCatalog
import Synchronization

/// All old names. There is one such catalog; it is read-only.
public final class LegacyCatalog: Sendable {
    public static let shared = LegacyCatalog()
    private let lines = Mutex<CatalogLines?>(nil)

    private func read<Value: Sendable>(_ body: @Sendable (CatalogLines) -> Value) -> Value {
        lines.withLock { lines in
            let opened = lines ?? CatalogLines(luath_catalog_legacy(), count: luath_catalog_legacy_length())
            lines = opened
            return body(opened)
        }
    }

    private static func key(_ name: String, _ generation: Generation, _ api: API) -> String {
        "\(generation.rawValue)/\(api.rawValue)/\(name)"
    }

    /// The name as the catalog has it, or nil.
    public func name(_ name: String, _ generation: Generation, _ api: API) -> LegacyName? {
        read { lines in
            lines.find(Self.key(name, generation, api)).map { Catalog.decode(LegacyName.self, lines.line($0)) }
        }
    }

    /// The line of a name: a JSON object with what a call has to know.
    public func line(_ name: String, _ generation: Generation, _ api: API) -> [UInt8]? {
        read { lines in lines.find(Self.key(name, generation, api)).map { Array(lines.line($0)) } }
    }

    /// Whether names are grouped under that one: `users`.
    public func hasNames(under group: String, _ generation: Generation, _ api: API) -> Bool {
        read { $0.hasName(startingWith: Self.key(group, generation, api) + ".") }
    }

    /// All names of one generation's client, sorted.
    public func names(_ generation: Generation, _ api: API) -> [String] {
        let prefix = Self.key("", generation, api)
        return read { lines in
            (0..<lines.count).map { lines.name($0) }.filter { $0.hasPrefix(prefix) }
                .map { String($0.dropFirst(prefix.count)) }
        }
    }

    /// Every generation's meaning of a name, the newest last.
    ///
    /// - Parameter text: a name as scripts have it, also with the client in front: `management.users.getAll`.
    public func names(written text: String) -> [LegacyName] {
        let (name, apis) = Self.split(text)
        return Generation.allCases.flatMap { generation in
            apis.compactMap { self.name(name, generation, $0) }
        }
    }

    /// Old names nearest to a misspelt one, best first.
    public func suggestions(
        for text: String, in generations: [Generation] = Generation.allCases, _ api: API? = nil
    ) -> [String] {
        let (name, apis) = Self.split(text)
        let candidates = generations.flatMap { generation in
            (api.map { [$0] } ?? apis).flatMap { names(generation, $0) }
        }
        return Spelling.nearest(to: name, among: Set(candidates).sorted())
    }

    /// What people call their clients, and what those can be.
    private static let clients: [String: [API]] = [
        "management": [.management], "ManagementClient": [.management], "auth": [.authentication, .userinfo],
        "authentication": [.authentication, .userinfo], "AuthenticationClient": [.authentication, .userinfo],
        "userinfo": [.userinfo], "userInfo": [.userinfo], "UserInfoClient": [.userinfo], "auth0": API.allCases,
    ]

    private static func split(_ text: String) -> (name: String, apis: [API]) {
        var name = text[...]
        if name.hasSuffix("()") { name = name.dropLast(2) }
        var apis = API.allCases
        while let dot = name.firstIndex(of: "."), let known = clients[String(name[..<dot])] {
            apis = known
            name = name[name.index(after: dot)...]
        }
        return (String(name), apis)
    }
}
