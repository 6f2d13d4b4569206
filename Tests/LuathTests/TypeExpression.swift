// The grammar of LuaCATS types, as far as our definitions use it.

/// A type expression at the start of a text.
struct TypeExpression {
    private(set) var rest: Substring
    private(set) var names: [String] = []
    init(_ text: Substring) { rest = text }

    mutating func take(_ text: String) -> Bool {
        guard rest.hasPrefix(text) else { return false }
        rest = rest.dropFirst(text.count)
        return true
    }
    mutating func skipSpace() { rest = rest.drop { $0 == " " } }
    mutating func word() -> String {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
        rest = rest.dropFirst(word.count)
        return String(word)
    }

    /// `A|B`, each with `[]` behind it, and `?` behind the last.
    mutating func parse() -> Bool {
        repeat {
            guard one() else { return false }
            while take("[]") {}
        } while take("|")
        _ = take("?")
        return rest.isEmpty || [" ", ",", ")", ">"].contains(rest.first)
    }

    private mutating func one() -> Bool {
        if take("\"") {
            guard let end = rest.firstIndex(of: "\"") else { return false }
            rest = rest[rest.index(after: end)...]
            return true
        }
        if take("(") { return parse() && take(")") }
        if take("fun(") { return function() }
        let name = word()
        guard !name.isEmpty, !name.hasPrefix("."), !name.hasSuffix(".") else { return false }
        names.append(name)
        guard take("<") else { return true }
        repeat {
            skipSpace()
            guard parse() else { return false }
        } while take(",")
        return take(">")
    }

    private mutating func function() -> Bool {
        while !take(")") {
            if !take("...") { if word().isEmpty { return false } }
            _ = take("?")
            if take(":") {
                skipSpace()
                guard parse() else { return false }
            }
            if take(",") { skipSpace() }
            if rest.isEmpty { return false }
        }
        guard take(":") else { return true }
        repeat {
            skipSpace()
            // Editors take these brackets for those of the whole list of results.
            guard !rest.hasPrefix("("), parse() else { return false }
        } while take(",")
        return true
    }
}
