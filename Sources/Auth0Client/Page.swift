// One page of a list, as Swift callers get it.

import Auth0API

/// One page of a list.
public struct Page<Item: Sendable>: Sendable {
    public let items: [Item]
    /// How many items there are in all; nil when the tenant does not say.
    public let total: Int?
    public let response: APIResponse
}

extension Page: Equatable where Item: Equatable {
    public static func == (left: Page, right: Page) -> Bool { left.items == right.items && left.total == right.total }
}

/// The body of a page: an object that holds the items under the operation's key, or the bare list.
struct PageBody<Item: Decodable>: Decodable {
    let items: [Item]
    let total: Int?
    /// The page size that the server used.
    let limit: Int?
    /// Where a checkpoint list goes on.
    let next: String?

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        guard (try? decoder.unkeyedContainer()) == nil else {
            items = try [Item](from: decoder)
            (total, limit, next) = (nil, nil, nil)
            return
        }
        let fields = try decoder.container(keyedBy: Key.self)
        let key = decoder.userInfo[.listKey] as? String ?? ""
        items = try fields.decode([Item].self, forKey: Key(stringValue: key))
        total = try? fields.decodeIfPresent(Int.self, forKey: Key(stringValue: "total"))
        limit = try? fields.decodeIfPresent(Int.self, forKey: Key(stringValue: "limit"))
        next = try? fields.decodeIfPresent(String.self, forKey: Key(stringValue: "next"))
    }
}
