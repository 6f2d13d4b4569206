// What follows a page of a list: pure arithmetic, so that no list ever ends early or asks for a page that cannot be.

/// The step after one page.
public enum PageStep: Sendable, Equatable {
    /// There is nothing more.
    case end
    /// Ask again with these query values in place of those of the same name.
    case next([QueryValue.Pair])
    /// There is more, and the API does not give it through paging.
    case capped(Int)
    /// The server gave the cursor that was asked with, so the list would never end.
    case looping(String)

    /// - Parameters:
    ///   - query: what the page was asked with.
    ///   - count: items on the page.
    ///   - total: what the server says there is in all; nil when it does not say.
    ///   - limit: the page size that the server says it used, where it is not the one that was asked for.
    ///   - cursor: the checkpoint that the server gave; nil or empty at the end.
    public static func after(
        _ paging: Paging, query: [QueryValue.Pair], count: Int, total: Int?, limit: Int? = nil, cursor: String?
    ) -> PageStep {
        func number(_ name: String) -> Int? {
            switch query.first(where: { $0.name == name })?.value {
            case .integer(let value): Int(value)
            case .number(let value): Int(exactly: value)
            case .string(let text): Int(text)
            default: nil
            }
        }
        let isByCheckpoint = paging.kind == .checkpoint || query.contains { ["from", "take"].contains($0.name) }
        if isByCheckpoint, number("page") == nil {
            guard let cursor, !cursor.isEmpty else { return .end }
            if case .string(cursor)? = query.first(where: { $0.name == "from" })?.value { return .looping(cursor) }
            return .next([QueryValue.Pair("from", .string(cursor))])
        }
        let asked = number("per_page") ?? paging.maxPageSize
        let page = number("page") ?? 0, size = limit.map { $0 > 0 && $0 >= count ? min($0, asked) : asked } ?? asked
        // A page that no list can have ends the list instead of the program.
        let (seen, overflows) = (page &+ 1).multipliedReportingOverflow(by: size)
        if overflows || page == .max || page < 0 || size < 0 { return .end }
        // An empty page ends the list whatever the total says: objects were deleted while it was read.
        if count == 0 { return .end }
        if let total { if seen >= total { return .end } } else if count < size { return .end }
        if let cap = paging.cap, seen >= cap { return .capped(cap) }
        return .next([QueryValue.Pair("page", .integer(Int64(page + 1)))])
    }

    /// The query of a list with what the caller left out: the first page, as large as allowed, with totals.
    public static func first(_ paging: Paging, query: [QueryValue.Pair]) -> [QueryValue.Pair] {
        let given = Set(query.map(\.name))
        func added(_ pairs: [QueryValue.Pair]) -> [QueryValue.Pair] {
            query + pairs.filter { !given.contains($0.name) }
        }
        let size = QueryValue.integer(Int64(paging.maxPageSize))
        switch paging.kind {
        case .checkpoint where given.isDisjoint(with: ["page", "per_page", "include_totals"]):
            return added([.init("take", size)])
        case .offset where !given.isDisjoint(with: ["from", "take"]): return added([.init("take", size)])
        default:
            var pairs: [QueryValue.Pair] = [.init("page", .integer(0)), .init("per_page", size)]
            if paging.hasTotals { pairs.append(.init("include_totals", .boolean(true))) }
            return added(pairs)
        }
    }
}
