// What a list was asked for: which page, which members, which items. Read from the query and checked against the catalog.
import Auth0API

/// The query of a list, understood.
struct ListQuery {
    enum Page: Equatable {
        case offset(page: Int, size: Int)
        /// The items after a position.
        case checkpoint(after: Int64, size: Int)
        /// The operation is not paged.
        case everything
    }
    var page = Page.everything
    /// Whether `include_totals` was asked for.
    var includesTotals = false
    var projection = Projection.all
    /// Parameters that select or sort, with all their values.
    var rest: [(name: String, values: [String])] = []

    private static let paging: Set = [
        "page", "per_page", "include_totals", "from", "take", "fields", "include_fields",
    ]

    init(_ call: Call, _ operation: Auth0API.Operation) throws {
        for (name, value) in call.query {
            guard let field = Self.field(name, operation) else {
                if operation.hasOpenQuery { continue }
                throw Refusal.badQuery("'Additional properties not allowed: \(name)'")
            }
            try Self.check(value, field)
            guard !Self.paging.contains(name) else { continue }
            if let index = rest.firstIndex(where: { $0.name == name }) {
                rest[index].values.append(value)
            } else {
                rest.append((name, [value]))
            }
        }
        projection = Projection(fields: call.query("fields"), include: call.query("include_fields") != "false")
        includesTotals = call.query("include_totals") == "true"
        guard let paging = operation.paging else { return }
        let takesOffset = operation.query.contains { $0.name == "page" }
        if call.query("from") != nil || call.query("take") != nil
            || (paging.kind == .checkpoint && !takesOffset)
        {
            let size = try Self.size(call, "take", paging)
            page = .checkpoint(after: try Self.position(call.query("from")), size: size)
        } else {
            let number = call.query("page").flatMap(Int.init) ?? 0
            guard (0...1_000_000_000).contains(number) else {
                throw Refusal.badQuery("'Value \(number) is out of range' on property page")
            }
            page = .offset(page: number, size: try Self.size(call, "per_page", paging))
            try checkCap(paging)
        }
    }

    /// The text that stands for a position in `next`.
    static func cursor(_ position: Int64) -> String { "c" + String(position, radix: 36) }

    private static func position(_ cursor: String?) throws -> Int64 {
        guard let cursor, !cursor.isEmpty else { return 0 }
        guard cursor.first == "c", let position = Int64(cursor.dropFirst(), radix: 36) else {
            throw Refusal(400, "The 'from' parameter is not a valid checkpoint", code: "invalid_query_string")
        }
        return position
    }

    /// Checkpoint lists also take the offset parameters, and the other way round, where the API does but the catalog
    /// does not list them.
    private static func field(_ name: String, _ operation: Auth0API.Operation) -> Field? {
        if let field = operation.query.first(where: { $0.name == name }) { return field }
        guard operation.paging != nil else { return nil }
        switch name {
        case "page", "per_page": return Field(name: name, type: .number, minimum: 0)
        case "include_totals": return Field(name: name, type: .boolean)
        default: return nil
        }
    }

    private static func check(_ value: String, _ field: Field) throws {
        switch field.type {
        case .number:
            guard let number = Double(value) else {
                throw Refusal.badQuery("'Expected type integer but found type string' on property \(field.name)")
            }
            if let least = field.minimum, number < least {
                throw Refusal.badQuery("'Value \(value) is less than minimum \(Int(least))' on property \(field.name)")
            }
            if let most = field.maximum, number > most {
                throw Refusal.badQuery(
                    "'Value \(value) is greater than maximum \(Int(most))' on property \(field.name)")
            }
        case .boolean:
            guard value == "true" || value == "false" else {
                throw Refusal.badQuery("'Expected type boolean but found type string' on property \(field.name)")
            }
        default:
            if let values = field.values, !value.split(separator: ",").allSatisfy({ values.contains(String($0)) }) {
                throw Refusal.badQuery("'No enum match for: \"\(value)\"' on property \(field.name)")
            }
        }
    }

    private static func size(_ call: Call, _ name: String, _ paging: Paging) throws -> Int {
        guard let text = call.query(name), let size = Int(text) else { return 50 }
        guard size <= paging.maxPageSize else {
            throw Refusal.badQuery(
                "'Value \(size) is greater than maximum \(paging.maxPageSize)' on property \(name)")
        }
        return size > 0 ? size : 50
    }

    private func checkCap(_ paging: Paging) throws {
        guard let cap = paging.cap, case .offset(let page, let size) = page, page >= cap || (page + 1) * size > cap
        else { return }
        throw Refusal(
            400,
            "You can only page through the first \(cap) records. See "
                + "https://auth0.com/docs/users/search/v3/view-search-results-by-page#limitation",
            code: "invalid_paging")
    }
}
