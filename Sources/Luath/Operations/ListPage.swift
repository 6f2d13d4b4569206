// One page of a list: what a script gets from an operation that is paged.

import Auth0API
import Auth0Client
import LuaHost

/// How to go on after one page. Held by the page's table through a handle.
struct ListPage: Sendable {
    /// What every page of one list is asked with.
    struct Request: Sendable {
        let client: ManagementClient
        let operation: Operation
        let paging: Paging
        let path: String
        let options: CallOptions
        let signal: AbortSignal?

        func fetch(_ query: [QueryValue.Pair]) async throws -> HostAnswer {
            let text = Operation.query(query)
            let request = OperationRequest(operation, path: text.isEmpty ? path : "\(path)?\(text)")
            let response = try await client.send(request, options: options, signal: signal)
            let answer = try await OperationAnswer(response, operation: operation)
            return HostAnswer { stack in
                try push(answer, query: query, on: stack)
                try stack.push(answer.response.luaValue)
                return 2
            }
        }

        private func notAList(_ answer: OperationAnswer) -> APIError {
            APIError(
                .parse, name: "ParseError", message: "the answer has no list '\(paging.listKey)'",
                operation: operation.name, status: answer.response.status, attempts: answer.response.attempts,
                response: answer.response)
        }

        /// Pushes `{ data, total, _list }` with the metatable of pages.
        private func push(_ answer: OperationAnswer, query: [QueryValue.Pair], on stack: LuaStack) throws {
            try answer.pushBody(stack, operation: operation)
            guard stack.type(-1) == .table else { throw notAList(answer) }
            let body = stack.top
            try stack.pushTable(fields: 3)
            try stack.pushField(paging.listKey, of: body)
            if stack.type(-1) != .table {
                // Without totals the API answers with the bare list.
                stack.pop()
                guard stack.isArray(body) else { throw notAList(answer) }
                try stack.pushCopy(body)
            }
            let count = stack.length(-1)
            try stack.setField("data")
            try stack.pushField("total", of: body)
            let total = stack.integer(-1).map { Int($0) }
            if total == nil { stack.pop() } else { try stack.setField("total") }
            try stack.pushField("next", of: body)
            let cursor = stack.string(-1)
            stack.pop()
            let step = PageStep.after(paging, query: query, count: count, total: total, cursor: cursor)
            try stack.push(object: ListPage(request: self, query: query, step: step))
            try stack.setField("_list")
            try stack.setKeptMetatable("page")
            stack.remove(body)
        }
    }

    let request: Request
    let query: [QueryValue.Pair]
    let step: PageStep

    /// The operation that fetches the next page, or nil at the end.
    ///
    /// - Throws: `APIError` of kind `limit` where the API gives no more although there is more.
    func next() throws -> HostFunction.Operation? {
        let operation = request.operation
        switch step {
        case .end: return nil
        case .capped(let cap): throw tooLong(cap)
        case .looping(let cursor):
            throw APIError(
                .limit, name: "LimitError", message: "the list does not end: the cursor '\(cursor)' came twice",
                operation: operation.name)
        case .next(let changes):
            let changed = Set(changes.map(\.name))
            let query = self.query.filter { !changed.contains($0.name) } + changes
            return { [request] in try await request.fetch(query) }
        }
    }

    func tooLong(_ cap: Int) -> APIError {
        APIError(
            .limit, name: "LimitError",
            message:
                "Auth0 gives only the first \(cap.grouped) results of \(request.operation.name), and there are more",
            operation: request.operation.name, hint: request.paging.capHint)
    }
}

extension Int {
    /// With commas: 1,000.
    var grouped: String {
        var digits = Array(String(self))
        for index in stride(from: digits.count - 3, to: self < 0 ? 1 : 0, by: -3) { digits.insert(",", at: index) }
        return String(digits)
    }
}

extension ManagementClient {
    /// As `send`, ended early by a script's abort signal.
    func send(_ request: OperationRequest, options: CallOptions, signal: AbortSignal?) async throws -> APIResponse {
        guard let signal else { return try await send(request, options: options) }
        return try await signal.watch { try await self.send(request, options: options) }
    }
}
