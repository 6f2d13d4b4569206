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
        let loop: PageLoop
    }

    /// - Parameter query: nil asks for the first page.
    func fetch<Item: Decodable & Sendable>(
        _ type: Item.Type, query: [QueryValue.Pair]?, loop: PageLoop = PageLoop()
    ) async throws(APIError) -> Fetched<Item> {
        let operation = try Operation.named(name, in: .management), paging = operation.paging
        var loop = loop
        guard paging != nil || operation.response?.hasPrefix("array<") == true else {
            throw operation.invalidArgument("the operation gives no list", hint: "call it, and decode its answer")
        }
        let given = self.query.map { QueryValue.Pair($0.0, .string($0.1)) }
        let query = query ?? paging.map { PageStep.first($0, query: given) } ?? given
        let text = Operation.query(query)
        let place = try operation.path(arguments: path) + (text.isEmpty ? "" : "?\(text)")
        let response = try await client.send(OperationRequest(operation, path: place), options: options)
        let body: PageBody<Item> = try response.decoded(for: operation, listKey: paging?.listKey)
        let page = Page(items: body.items, total: body.total, response: response)
        guard let paging else { return Fetched(page: page, query: query, step: .end, loop: loop) }
        if loop.repeats(page: response.body, of: query, count: page.items.count) {
            throw operation.endlessList("the server gave the same page twice")
        }
        let cursor = if let next = body.next { next } else { try cursor(of: response, operation, paging) }
        let step = loop.checked(
            PageStep.after(
                paging, query: query, count: page.items.count, total: body.total, limit: body.limit, cursor: cursor))
        return Fetched(page: page, query: query, step: step, loop: loop)
    }

    /// The cursor that the last item of a full page stands for, in lists whose answers have none.
    private func cursor(
        of response: APIResponse, _ operation: Operation, _ paging: Paging
    ) throws(APIError) -> String? {
        guard let field = paging.cursorField else { return nil }
        let items: PageBody<[String: TextOrOther]> = try response.decoded(for: operation, listKey: paging.listKey)
        guard items.items.count >= paging.pageSize(of: query.map { .init($0.0, .string($0.1)) }) else { return nil }
        return items.items.last?[field]?.text
    }

    /// A value of which only a text is of interest.
    private struct TextOrOther: Decodable {
        let text: String?
        init(from decoder: any Decoder) throws { text = try? decoder.singleValueContainer().decode(String.self) }
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
        case .capped(let cap): throw try Operation.named(name, in: .management).cutList(after: cap)
        case .looping(let cursor):
            throw try Operation.named(name, in: .management).endlessList("the cursor '\(cursor)' came twice")
        }
    }
}
