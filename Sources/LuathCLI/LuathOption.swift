// The names of Luath's options, to tell one that came too late or is misspelt.

import Auth0API

enum LuathOption {
    /// Options of the runs, those of commands to come too: none of them may be swallowed by a script.
    static let names = [
        "--demo", "--profile", "--env-file", "--timeout", "--max-retries", "--concurrency", "--rate", "--deadline",
        "--max-memory", "--max-busy", "--max-tasks", "--max-output", "--max-changes", "--read-only", "--allow-delete",
        "--allow-read", "--allow-write",
        "--allow-env",
        "--allow-net", "--allow-api", "--deny-api", "--deny-read", "--deny-write", "--yes", "--json", "--no-journal",
        "--no-undo", "--log-level",
    ]

    /// Asked of a script they may run it instead of telling about it, so only a recipe takes them.
    static let help = ["--help", "-h", "--version"]

    /// The first of them among a script's arguments, before `--`.
    static func first(in arguments: [String]) -> String? {
        for argument in arguments.prefix(while: { $0 != "--" }) {
            let name = argument.split(separator: "=", maxSplits: 1).first.map(String.init) ?? argument
            if names.contains(name) || help.contains(name) { return name }
        }
        return nil
    }

    static func unknown(_ option: String) -> String {
        let near = Spelling.nearest(to: option, among: names, limit: 1).first
        return "unknown option '\(option)'" + (near.map { " (did you mean '\($0)'?)" } ?? "")
    }
}
