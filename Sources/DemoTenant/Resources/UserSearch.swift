// The part of Auth0's user search that the demo tenant knows: FIELD:VALUE, joined by AND. The rest is refused, not guessed.

/// Reads `email:"a@x.com" AND name:Ja*`.
enum UserSearch {
    /// Narrows a selection to the users that a query finds.
    /// - Throws: `Refusal` 400 for syntax that the demo tenant does not know.
    static func apply(_ query: String, to selection: inout Selection) throws {
        var terms: [String] = []
        var isQuoted = false
        var term = ""
        for character in query {
            if character == "\"" { isQuoted.toggle() }
            if character == " ", !isQuoted {
                if !term.isEmpty { terms.append(term) }
                term = ""
            } else {
                term.append(character)
            }
        }
        if !term.isEmpty { terms.append(term) }
        for (index, term) in terms.enumerated() {
            if index % 2 == 1 {
                guard term == "AND", index < terms.count - 1 else { throw unknown(query) }
            } else {
                try apply(term: term, query, to: &selection)
            }
        }
        if isQuoted { throw unknown(query) }
    }

    private static func apply(term: String, _ query: String, to selection: inout Selection) throws {
        guard let colon = term.firstIndex(of: ":"), colon != term.startIndex else { throw unknown(query) }
        let field = String(term[..<colon])
        var value = String(term[term.index(after: colon)...])
        let isPlain = field.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == "."
        }
        guard isPlain, !field.hasPrefix("_") else { throw unknown(query) }
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
            "The demo tenant knows FIELD:VALUE, FIELD:\"VALUE\" and FIELD:PREFIX*, joined by AND, but not all of: \(query)",
            code: "invalid_query_string")
    }
}
