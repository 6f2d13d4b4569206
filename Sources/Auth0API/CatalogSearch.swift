// From what someone typed to operations: misspelt names, names of other generations, and words to search for.

extension Catalog {
    /// Words that other SDKs and habits use for the verbs of our names.
    private static let synonyms: [String: [String]] = [
        "get_all": ["list"], "all": ["list"], "find": ["list", "get"], "find_all": ["list"], "search": ["list"],
        "query": ["list"], "fetch": ["get", "list"], "read": ["get"], "show": ["get"], "retrieve": ["get"],
        "get": ["list"], "list": ["get"], "add": ["create"], "new": ["create"], "insert": ["create"],
        "post": ["create"], "make": ["create"], "edit": ["update"], "patch": ["update"], "modify": ["update"],
        "put": ["update", "set"], "save": ["update"], "set": ["update"], "update": ["set"], "remove": ["delete"],
        "del": ["delete"], "destroy": ["delete"], "get_one": ["get"], "get_by_id": ["get"],
    ]
    private static let prefixes = ["management.", "authentication.", "auth0.", "userinfo."]

    /// Names nearest to a misspelt one, best first; empty when none is plausible.
    ///
    /// Understands camelCase (`users.getAll`), the verbs of other SDKs (`clients.remove`), a missing plural, and flat
    /// names (`getUsers`).
    public func suggestions(for name: String, in api: API, limit: Int = 3) -> [String] {
        let wanted = Self.bare(name)
        let wantedWords = Self.words(wanted)
        var scored: [(score: Int, name: String)] = []
        for candidate in names(in: api) {
            if let score = Self.score(candidate, against: wanted, words: wantedWords) {
                scored.append((score, candidate))
            }
        }
        // Names that are much worse than the best one only distract.
        let best = scored.map(\.score).min() ?? 0
        return scored.filter { $0.score <= best + 30 }
            .sorted { ($0.score, $0.name.utf8.count, $0.name) < ($1.score, $1.name.utf8.count, $1.name) }
            .prefix(limit).map(\.name)
    }

    /// Snake case, without the API's name in front.
    private static func bare(_ name: String) -> String {
        var bare = name.split(separator: ".", omittingEmptySubsequences: true)
            .map { Spelling.snakeCased(String($0)) }.joined(separator: ".")
        while let prefix = prefixes.first(where: { bare.hasPrefix($0) }) { bare.removeFirst(prefix.count) }
        return bare
    }

    /// How far a name is from what was typed, in tenths of an edit; nil when it is too far to be meant.
    private static func score(_ candidate: String, against wanted: String, words: Set<String>) -> Int? {
        var best: Int?
        func offer(_ score: Int) { best = min(best ?? score, score) }
        let most = Spelling.tolerance(for: wanted)
        let direct = Spelling.distance(wanted, candidate, limit: most)
        if direct <= most { offer(direct * 10) }
        let (group, action) = split(wanted)
        let (candidateGroup, candidateAction) = split(candidate)
        let groupMost = Spelling.tolerance(for: group)
        let groupDistance = Spelling.distance(group, candidateGroup, limit: groupMost)
        if groupDistance <= groupMost {
            if synonyms[action]?.contains(candidateAction) ?? false { offer(groupDistance * 10 + 5) }
            let actionMost = Spelling.tolerance(for: action)
            let actionDistance = Spelling.distance(action, candidateAction, limit: actionMost)
            if actionDistance <= actionMost { offer((groupDistance + actionDistance) * 10) }
        }
        if !words.isEmpty, words == Self.words(candidate) { offer(15) }
        // The group alone was given: `users` for `users.list`.
        if candidateGroup == wanted { offer(candidateAction == "list" || candidateAction == "get" ? 25 : 40) }
        return best
    }

    private static func split(_ name: String) -> (group: String, action: String) {
        guard let dot = name.lastIndex(of: ".") else { return ("", name) }
        return (String(name[..<dot]), String(name[name.index(after: dot)...]))
    }

    /// The words of a name, each in the singular, with one word for reading, so that `getUser`, `users.get` and
    /// `users.list` have the same.
    private static func words(_ name: String) -> Set<String> {
        Set(
            name.split { $0 == "." || $0 == "_" }.map { word in
                switch word {
                case "list", "all", "get", "find", "fetch": "get"
                case "remove", "delete": "delete"
                case "add", "create": "create"
                case "edit", "patch", "update": "update"
                default: word.count > 3 && word.hasSuffix("s") ? String(word.dropLast()) : String(word)
                }
            })
    }

    /// Operations in whose name, path or scopes every word occurs, in any order and case.
    ///
    /// An exact name comes first, then names that contain all words, then the rest; each group in order of the names.
    /// No words find everything. Decodes every line.
    public func search(words: [String], in apis: [API] = API.allCases) -> [Operation] {
        let wanted = words.flatMap { $0.split { $0.isWhitespace } }.map { String($0) }
        let bare = Self.bare(words.joined(separator: "."))
        let found = apis.flatMap { operations(in: $0) }.compactMap { operation -> (Int, Operation)? in
            if operation.name == bare || wanted == ["\(operation.api.rawValue).\(operation.name)"] {
                return (0, operation)
            }
            if Self.hasAll(wanted, in: operation.name) { return (1, operation) }
            let place = "\(operation.api.rawValue).\(operation.name) \(operation.verb.rawValue) \(operation.path)"
            let text = (place + " " + operation.scopes.joined(separator: " ")).lowercased()
            return Self.hasAll(wanted, in: text) ? (2, operation) : nil
        }
        return found.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element.1)
    }

    private static func hasAll(_ words: [String], in text: String) -> Bool {
        words.allSatisfy { word in
            text.contains(word.lowercased()) || text.contains(Spelling.snakeCased(word))
        }
    }
}
