// One page of a list: what a script gets from an operation that is paged.

import Auth0API
import Auth0Client
import LuaHost
import Synchronization

/// How to go on after one page. Held by the page's table through a handle.
final class ListPage: Sendable {
    /// The call that gave this page.
    let call: ManagementCall
    let paging: Paging
    let step: PageStep
    private let loop: PageLoop
    /// The next page, when it was asked for ahead of time; given out once.
    private let ahead = Mutex<Task<HostAnswer, any Error>?>(nil)

    private init(_ call: ManagementCall, _ paging: Paging, _ step: PageStep, _ loop: PageLoop) {
        self.call = call
        self.paging = paging
        self.step = step
        self.loop = loop
    }

    deinit { ahead.withLock { $0?.cancel() } }

    /// The call for the next page, or nil at the end.
    ///
    /// - Throws: `APIError` of kind `limit` where the API gives no more although there is more.
    func next() throws -> ManagementCall? {
        switch step {
        case .end: return nil
        case .capped(let cap): throw call.operation.cutList(after: cap)
        case .looping(let cursor): throw call.operation.endlessList("the cursor '\(cursor)' came twice")
        case .next(let changes): return call.following(changes, loop)
        }
    }

    /// Starts fetching the next page, once.
    func prefetch() {
        guard case .next(let changes) = step else { return }
        ahead.withLock { ahead in
            if ahead == nil { ahead = call.prefetches.start(call.following(changes, loop)) }
        }
    }

    /// The fetch that was started ahead of time.
    func takePrefetched() -> Task<HostAnswer, any Error>? {
        ahead.withLock { ahead in
            defer { ahead = nil }
            return ahead
        }
    }

    // MARK: Pushing

    /// Pushes `{ data, total, _list }` with the metatable of pages.
    static func push(
        _ answer: OperationAnswer, of call: ManagementCall, _ paging: Paging, on stack: LuaStack
    ) throws {
        try answer.pushBody(stack, operation: call.operation)
        guard stack.type(-1) == .table else { throw notAList(answer, call, paging) }
        let body = stack.top
        try stack.pushTable(fields: 3)
        try stack.pushField(paging.listKey, of: body)
        if stack.type(-1) != .table {
            // Without totals the API answers with the bare list.
            stack.pop()
            guard stack.isArray(body) else { throw notAList(answer, call, paging) }
            try stack.pushCopy(body)
        }
        let count = stack.length(-1)
        try stack.setField("data")
        try stack.pushField("total", of: body)
        let total = stack.integer(-1).map { Int($0) }
        if stack.type(-1) == .number { try stack.setField("total") } else { stack.pop() }
        try stack.pushField("limit", of: body)
        let limit = stack.integer(-1).map { Int($0) }
        stack.pop()
        let cursor = try cursor(of: body, paging, isFull: count >= paging.pageSize(of: call.query), on: stack)
        try stack.push(object: page(answer, call, paging, count: count, total: total, limit: limit, cursor: cursor))
        try stack.setField("_list")
        try stack.setKeptMetatable("page")
        stack.remove(body)
    }

    /// The cursor that the answer gives, or that its last item stands for; a page that is not full is the last one.
    private static func cursor(of body: Int, _ paging: Paging, isFull: Bool, on stack: LuaStack) throws -> String? {
        try stack.pushField("next", of: body)
        defer { stack.pop() }
        guard stack.type(-1) == .nil, let field = paging.cursorField, isFull else { return stack.string(-1) }
        try stack.pushField("data", of: stack.top - 1)
        try stack.pushItem(stack.length(-1), of: stack.top)
        defer { stack.pop(2) }
        guard stack.type(-1) == .table else { return nil }
        try stack.pushField(field, of: stack.top)
        defer { stack.pop() }
        return stack.string(-1)
    }

    private static func page(
        _ answer: OperationAnswer, _ call: ManagementCall, _ paging: Paging, count: Int, total: Int?, limit: Int?,
        cursor: String?
    ) throws -> ListPage {
        var loop = call.loop
        if loop.repeats(page: answer.response.body, of: call.query, count: count) {
            throw call.operation.endlessList("the server gave the same page twice")
        }
        let step = loop.checked(
            PageStep.after(
                paging, query: call.query, count: count, total: total, limit: limit, cursor: cursor))
        return ListPage(call, paging, step, loop)
    }

    private static func notAList(_ answer: OperationAnswer, _ call: ManagementCall, _ paging: Paging) -> APIError {
        APIError(
            .parse, name: "ParseError", message: "the answer has no list '\(paging.listKey)'",
            operation: call.operation.name, status: answer.response.status, attempts: answer.response.attempts,
            response: answer.response)
    }
}
