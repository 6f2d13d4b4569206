// `luath api`: finds operations by words and shows how one is called.

import ArgumentParser
import Auth0API
import Luath

struct APICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api",
        abstract: "Find operations and show how they are called.",
        discussion: """
            Without words it lists the groups of operations. One operation is shown \
            whole: arguments, fields, scopes and an example; so is a type that it names.

            Examples:
              luath api clients.update
              luath api ClientAddons
              luath api role user
              luath api read:roles
              luath api --migrate getUsers
            """)

    @Argument(help: ArgumentHelp("Words of a name, a path or a scope.", valueName: "words"))
    var words: [String] = []

    @Option(
        help: ArgumentHelp("Show what a name of node-auth0 2, 3 or 4 is called today.", valueName: "oldname"))
    var migrate: String?

    func validate() throws {
        if migrate != nil, !words.isEmpty { throw ValidationError("--migrate takes one name, and no words beside it") }
    }

    func run() throws {
        if let migrate { return try showMigration(of: migrate) }
        if words.isEmpty { return listGroups() }
        if words.count == 1 {
            if let operation = Self.operation(words[0]) {
                return StandardOutput.write(OperationReference(operation).text)
            }
            let type = words[0].hasPrefix("auth0.") ? String(words[0].dropFirst("auth0.".count)) : words[0]
            if let shape = Catalog.shared.shape(type) {
                return StandardOutput.write(OperationReference.text(of: shape))
            }
        }
        let found = Catalog.shared.search(words: words)
        if found.count == 1 { return StandardOutput.write(OperationReference(found[0]).text) }
        if found.isEmpty {
            var near = Catalog.shared.suggestions(for: words.joined(separator: "."), in: .management)
            if near.isEmpty { near = Spelling.nearest(to: words.joined(), among: Catalog.shared.shapeNames) }
            StandardError.write(
                "luath: no operation has all of these words, and no type has that name"
                    + (near.isEmpty ? "" : " (did you mean \(near.joined(separator: ", "))?)"))
            throw ExitStatus.script.end
        }
        list(found)
    }

    /// The operation of a name with or without its API in front.
    private static func operation(_ text: String) -> Operation? {
        API.allCases.lazy.compactMap { api in
            let prefix = "\(api.rawValue)."
            return Catalog.shared.operation(
                text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text, in: api)
        }.first
    }

    private func showMigration(of text: String) throws {
        let names = LegacyCatalog.shared.names(written: text)
        let found = names.filter { $0.instead == nil }
        StandardOutput.write(found.map { MigrationReference($0).text }.joined(separator: "\n"))
        for name in names {
            guard let instead = name.instead else { continue }
            StandardError.write("luath: \(name.name) of \(name.generation.module) has no equivalent: \(instead)")
        }
        if !found.isEmpty {
            if Set(found.map(\.operation)).count > 1 {
                StandardError.write("the name means another operation in each generation")
            }
            return
        }
        if names.isEmpty {
            let near = LegacyCatalog.shared.suggestions(for: text)
            StandardError.write(
                Self.operation(text) != nil
                    ? "luath: '\(text)' is today's name; luath api \(text) shows it"
                    : "luath: no generation has a name '\(text)'"
                        + (near.isEmpty ? "" : " (did you mean \(near.joined(separator: ", "))?)"))
        }
        throw ExitStatus.script.end
    }

    private func list(_ operations: [Operation]) {
        let rows = operations.map { ("\($0.luaName)", "\($0.verb.rawValue) \($0.path)") }
        let width = rows.map(\.0.count).max() ?? 0
        for row in rows {
            StandardOutput.write(row.0 + String(repeating: " ", count: width - row.0.count + 2) + row.1 + "\n")
        }
        StandardError.write("\(rows.count) operations; luath api NAME shows one whole")
    }

    private func listGroups() {
        for api in API.allCases {
            let names = Catalog.shared.names(in: api)
            let groups = Dictionary(grouping: names) { String($0.split(separator: ".").first ?? "") }
            let listed = groups.keys.sorted().map { "\($0) \(groups[$0]?.count ?? 0)" }.joined(separator: ", ")
            StandardOutput.write("\(api.rawValue) (\(names.count)): \(listed)\n\n")
        }
        StandardError.write("luath api WORDS finds operations by name, path or scope")
    }
}
