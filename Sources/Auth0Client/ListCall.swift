// How a list is asked for, page by page: what every page shares, and what follows one.

import Auth0API

/// What every page of one list is asked with.
struct ListCall: Sendable {
    let client: ManagementClient
    let name: String
    let path: [String]
    let query: [(String, String)]
    let options: CallOptions

    /// A page, and how its list goes on.
    struct Fetched<Item: Sendable>: Sendable {
        let page: Page<Item>
        let query: [QueryValue.Pair]
        let step: PageStep
    }

    /// - Parameter query: nil asks for the first page.
    func fetch<Item: Decodable & Sendable>(
        _ type: Item.Type, query: [QueryValue.Pair]?
    ) async throws(APIError) -> Fetched<Item> {
        let operation = try Operation.named(name, in: .management), paging = operation.paging
        guard paging != nil || operation.response?.hasPrefix("array<") == true else {
            throw operation.invalidArgument("the operation gives no list", hint: "call it, and decode its answer")
        }
        let given = self.query.map { QueryValue.Pair($0.0, .string($0.1)) }
        let query = query ?? paging.map { PageStep.first($0, query: given) } ?? given
        let text = Operation.query(query)
        let place = try operation.path(arguments: path) + (text.isEmpty ? "" : "?\(text)")
        let response = try await client.send(OperationRequest(operation, path: place), options: options)
        let body: PageBody<Item> = try response.decoded(for: operation, listKey: paging?.listKey)
        return Fetched(
            page: Page(items: body.items, total: body.total, response: response), query: query,
            step: paging.map {
                PageStep.after($0, query: query, count: body.items.count, total: body.total, cursor: body.next)
            } ?? .end)
    }

    /// The query of the page after one; nil at the end.
    ///
    /// - Throws: kind `limit` where the API gives no more although there is more.
    func query<Item>(after fetched: Fetched<Item>) throws(APIError) -> [QueryValue.Pair]? {
        switch fetched.step {
        case .end: return nil
        case .next(let changes):
            let changed = Set(changes.map(\.name))
            return fetched.query.filter { !changed.contains($0.name) } + changes
        case .capped(let cap):
            throw limit(
                "Auth0 gives only the first \(cap) results of \(name), and there are more",
                hint: Catalog.shared.operation(name, in: .management)?.paging?.capHint)
        case .looping(let cursor): throw limit("the list does not end: the cursor '\(cursor)' came twice")
        }
    }

    private func limit(_ message: String, hint: String? = nil) -> APIError {
        APIError(.limit, name: "LimitError", message: message, operation: name, hint: hint)
    }
}
