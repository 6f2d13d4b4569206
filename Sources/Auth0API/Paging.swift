// How lists are paged, and how far.

/// How an operation that answers with a list is paged.
public struct Paging: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable { case offset, checkpoint }
    public let kind: Kind
    /// The key of the answer that holds the items.
    public let listKey: String
    /// The largest page that the catalog allows; 50 where it says nothing.
    public let maxPageSize: Int
    /// Whether the operation takes `include_totals`.
    public let hasTotals: Bool
    /// The most items that the API gives through paging, whatever the page size; nil is no limit.
    public let cap: Int?
    /// The way out that an error about `cap` names.
    public let capHint: String?
    /// The field of a page's last item that is the next cursor, where the answer of a list by cursor has none.
    public let cursorField: String?

    public init(
        kind: Kind, listKey: String, maxPageSize: Int = 50, hasTotals: Bool = false, cap: Int? = nil,
        capHint: String? = nil, cursorField: String? = nil
    ) {
        self.kind = kind
        self.listKey = listKey
        self.maxPageSize = maxPageSize
        self.hasTotals = hasTotals
        self.cap = cap
        self.capHint = capHint
        self.cursorField = cursorField
    }

    /// How many items a page by cursor is asked for.
    public func pageSize(of query: [QueryValue.Pair]) -> Int {
        switch query.first(where: { $0.name == "take" })?.value {
        case .integer(let size): Int(clamping: size)
        case .string(let text): Int(text) ?? maxPageSize
        default: maxPageSize
        }
    }
}
