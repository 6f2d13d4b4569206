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
            """)

    @Argument(help: ArgumentHelp("Words of a name, a path or a scope.", valueName: "words"))
    var words: [String] = []

    func run() throws {
        if words.isEmpty { return listGroups() }
        if words.count == 1 {
            for api in API.allCases {
                let prefix = "\(api.rawValue)."
                let name = words[0].hasPrefix(prefix) ? String(words[0].dropFirst(prefix.count)) : words[0]
                if let operation = Catalog.shared.operation(name, in: api) {
                    return StandardOutput.write(OperationReference(operation).text)
                }
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
