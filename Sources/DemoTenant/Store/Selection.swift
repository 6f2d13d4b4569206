// Which documents of a list are meant and in which order, as SQL over the JSON text of a document.
import GRDB

/// Conditions that a document passes, all of them, and an order.
struct Selection {
    private var conditions: [String] = []
    private(set) var arguments = StatementArguments()
    /// What follows ORDER BY.
    private(set) var order = "seq"

    var isEverything: Bool { conditions.isEmpty }
    /// Follows a WHERE clause.
    var conditionText: String { conditions.map { " AND \($0)" }.joined() }

    /// Keeps documents whose member has that text (`true` and `false` for truth values), without case.
    mutating func keep(_ name: String, equals value: String) {
        add("\(Self.text("document")) = ? COLLATE NOCASE", [Self.path(name), value])
    }

    /// Keeps documents whose member has one of these texts.
    mutating func keep(_ name: String, isOneOf values: [String]) {
        let marks = values.map { _ in "?" }.joined(separator: ",")
        add("\(Self.text("document")) COLLATE NOCASE IN (\(marks))", [Self.path(name)] + StatementArguments(values))
    }

    /// Keeps documents whose member starts with that text, without case.
    mutating func keep(_ name: String, startsWith prefix: String) {
        add("\(Self.text("document")) LIKE ? ESCAPE '\\'", [Self.path(name), Self.escaped(prefix) + "%"])
    }

    /// Keeps documents whose member ends with that text, without case.
    mutating func keep(_ name: String, endsWith suffix: String) {
        add("\(Self.text("document")) LIKE ? ESCAPE '\\'", [Self.path(name), "%" + Self.escaped(suffix)])
    }

    /// Keeps documents whose member contains that text, without case.
    mutating func keep(_ name: String, contains part: String) {
        add("\(Self.text("document")) LIKE ? ESCAPE '\\'", [Self.path(name), "%\(Self.escaped(part))%"])
    }

    /// The values between two bounds; nil is no bound.
    struct Range {
        var lower: String?
        var includesLower = true
        var upper: String?
        var includesUpper = true
    }

    /// Keeps documents whose member lies in a range: of numbers where the bounds are numbers, else of texts and dates.
    mutating func keep(_ name: String, in range: Range) {
        // Written out, as in the order, so that an index over the member is used.
        let member = "json_extract(document, '\(Self.path(name))')"
        func bound(_ text: String, isUpper: Bool, _ comparison: String) {
            if let number = Double(text) { return add("\(member) \(comparison) ?", [number]) }
            // An upper bound that is a part of a date means all of that part.
            add("\(member) \(comparison) ?", [isUpper && comparison == "<=" ? text + "~" : text])
        }
        if let lower = range.lower { bound(lower, isUpper: false, range.includesLower ? ">=" : ">") }
        if let upper = range.upper { bound(upper, isUpper: true, range.includesUpper ? "<=" : "<") }
    }

    /// Keeps documents of whose elements in `list` one has that text in its member `name`.
    mutating func keep(anyOf list: String, where name: String, equals value: String) {
        add(
            "EXISTS (SELECT 1 FROM json_each(document, ?) WHERE json_extract(value, ?) = ? COLLATE NOCASE)",
            [Self.path(list), Self.path(name), value])
    }

    /// Keeps documents with that e-mail, in any connection; found by index.
    mutating func keep(email: String) { add("email = ?", [email.lowercased()]) }

    /// Keeps the documents with these ids.
    mutating func keep(linked kind: String, to id: String, asOwner: Bool) {
        let (mine, other) = asOwner ? ("owner", "member") : ("member", "owner")
        add("id IN (SELECT \(other) FROM links WHERE kind = ? AND \(mine) = ?)", [kind, id])
    }

    /// Sorts by a member instead of by age.
    mutating func sort(by name: String, descending: Bool) {
        order = "json_extract(document, '\(Self.path(name))') \(descending ? "DESC" : "ASC"), seq"
    }

    private mutating func add(_ condition: String, _ values: StatementArguments) {
        conditions.append(condition)
        arguments += values
    }

    /// A member's value as text, whatever its kind; its path is an argument.
    private static func text(_ column: String) -> String {
        "(SELECT CASE type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST(atom AS TEXT) END "
            + "FROM json_tree(\(column), ?) LIMIT 1)"
    }

    /// `app_metadata.plan` as a JSON path. Names come from query strings: anything but a plain name is taken out.
    private static func path(_ name: String) -> String {
        let plain = name.unicodeScalars.filter {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == "-" || $0 == "."
        }
        let parts = String(String.UnicodeScalarView(plain)).split(separator: ".")
        return "$" + parts.map { ".\"\($0)\"" }.joined()
    }

    private static func escaped(_ text: String) -> String {
        text.map { $0 == "%" || $0 == "_" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    }
}
