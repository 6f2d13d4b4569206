// The items of all pages of a list as one AsyncSequence.

import Auth0API

/// The items of a list, page by page; each loop starts anew.
///
/// In memory are the page that is used and at most the next one, which is fetched meanwhile.
public struct ItemSequence<Item: Decodable & Sendable>: AsyncSequence, Sendable {
    public typealias Element = Item
    public typealias Failure = APIError
    let pages: PageSequence<Item>

    public func makeAsyncIterator() -> Iterator { Iterator(pages: pages.makeAsyncIterator()) }

    public struct Iterator: AsyncIteratorProtocol {
        private var pages: PageSequence<Item>.Iterator
        private var items: ArraySlice<Item> = []

        init(pages: PageSequence<Item>.Iterator) { self.pages = pages }

        /// - Throws: as the pages.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(APIError) -> Item? {
            while true {
                if let item = items.popFirst() { return item }
                items = []
                guard let page = try await pages.next(isolation: actor) else { return nil }
                items = page.items[...]
            }
        }
    }
}

extension ManagementClient {
    /// The items of all pages of a list; nothing is sent before the first is asked for.
    ///
    /// ```swift
    /// struct User: Decodable {
    ///     var user_id: String
    ///     var email: String?
    /// }
    /// for try await user in management.items(of: "users.list", query: [("q", "email:j*")], as: User.self) {
    ///     print(user.user_id, user.email ?? "")
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - name: an operation that gives a list; another one is an error of kind `argument` at the first item.
    ///   - path: values of the path's parameters, not encoded.
    ///   - query: names and values; the page, its size (the largest that is allowed) and totals are asked for unless given.
    ///   - options: for each page.
    public func items<Item: Decodable & Sendable>(
        of name: String, path: [String] = [], query: [(String, String)] = [], as type: Item.Type = Item.self,
        options: CallOptions = CallOptions()
    ) -> ItemSequence<Item> {
        ItemSequence(pages: pages(of: name, path: path, query: query, as: type, options: options))
    }

    /// The pages of a list, for what `items` does not give: the total and each response.
    ///
    /// - Parameters: as `items`.
    public func pages<Item: Decodable & Sendable>(
        of name: String, path: [String] = [], query: [(String, String)] = [], as type: Item.Type = Item.self,
        options: CallOptions = CallOptions()
    ) -> PageSequence<Item> {
        PageSequence(call: ListCall(client: self, name: name, path: path, query: query, options: options))
    }
}
