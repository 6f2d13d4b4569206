// The part of Auth0's user search that the demo tenant knows: FIELD:VALUE and ranges, joined by AND. The rest is refused, not guessed.

/// Reads `email:"a@x.com" AND (name:Ja* AND logins_count:[10 TO *])`.
enum UserSearch {
    /// Narrows a selection to the users that a query finds.
    /// - Throws: `Refusal` 400 for syntax that the demo tenant does not know.
    static func apply(_ query: String, to selection: inout Selection) throws {
        for (index, term) in try terms(query).enumerated() {
            if index % 2 == 0 {
                try apply(term: term, query, to: &selection)
            } else if term != "AND" {
                throw unknown(query)
            }
        }
    }

    /// Splits at spaces outside quotes and ranges. Parentheses may stand around terms; as all are joined by AND, they
    /// change nothing.
    private static func terms(_ query: String) throws -> [String] {
        var terms: [String] = [], term = "", isQuoted = false, isRange = false, depth = 0
        func end() {
            if !term.isEmpty { terms.append(term) }
            term = ""
        }
        for character in query {
            switch character {
            case "\"" where !isRange: isQuoted.toggle()
            case "[" where !isQuoted, "{" where !isQuoted: isRange = true
            case "]" where !isQuoted, "}" where !isQuoted: isRange = false
            default: break
            }
            if isQuoted || isRange || !" ()".contains(character) {
                term.append(character)
            } else {
                end()
                depth += character == "(" ? 1 : character == ")" ? -1 : 0
                if depth < 0 { throw unknown(query) }
            }
        }
        end()
        guard !isQuoted, !isRange, depth == 0, terms.count % 2 == 1 else { throw unknown(query) }
        return terms
    }

    /// `[A TO B]`, with `{` or `}` where the bound itself is out, and `*` where there is none.
    private static func range(_ value: String) -> Selection.Range? {
        guard value.count > 2, let first = value.first, let last = value.last, "[{".contains(first), "]}".contains(last)
        else { return nil }
        let parts = value.dropFirst().dropLast().split(separator: " ").map { part in
            String(part.count > 1 && part.first == "\"" && part.last == "\"" ? part.dropFirst().dropLast() : part)
        }
        guard parts.count == 3, parts[1] == "TO" else { return nil }
        return Selection.Range(
            lower: parts[0] == "*" ? nil : parts[0], includesLower: first == "[",
            upper: parts[2] == "*" ? nil : parts[2], includesUpper: last == "]")
    }

    private static func apply(term: String, _ query: String, to selection: inout Selection) throws {
        guard let colon = term.firstIndex(of: ":"), colon != term.startIndex else { throw unknown(query) }
        let field = String(term[..<colon])
        var value = String(term[term.index(after: colon)...])
        let isPlain = field.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == "."
        }
        guard isPlain, !field.hasPrefix("_") else { throw unknown(query) }
        if let range = range(value) { return selection.keep(field, in: range) }
        let isQuoted = value.count >= 2 && value.first == "\"" && value.last == "\""
        if isQuoted { value = String(value.dropFirst().dropLast()) }
        let isPrefix = !isQuoted && value.last == "*"
        if isPrefix { value.removeLast() }
        guard !value.isEmpty, isQuoted || !value.contains(where: { "*?[]{}()<>~^\"".contains($0) }) else {
            throw unknown(query)
        }
        if field.hasPrefix("identities.") {
            guard !isPrefix else { throw unknown(query) }
            selection.keep(anyOf: "identities", where: String(field.dropFirst(11)), equals: value)
        } else if isPrefix {
            selection.keep(field, startsWith: value)
        } else if field == "email.domain" {
            selection.keep("email", endsWith: "@" + value)
        } else if field == "email" {
            selection.keep(email: value)
        } else {
            selection.keep(field, equals: value)
        }
    }

    private static func unknown(_ query: String) -> Refusal {
        Refusal(
            400,
            "The demo tenant knows FIELD:VALUE, FIELD:\"VALUE\", FIELD:PREFIX* and FIELD:[A TO B], joined by AND, "
                + "but not all of: \(query)",
            code: "invalid_query_string")
    }
}
