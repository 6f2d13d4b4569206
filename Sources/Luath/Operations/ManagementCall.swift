// One call of the Management API, complete: sent at once, ahead of time as the next page, or through a script's fetcher.

import Auth0API
import Auth0Client
import LuaHost

/// A call that is ready to be sent, and what its answer becomes.
struct ManagementCall: Sendable {
    let client: ManagementClient
    let operation: Operation
    /// Below the API's base, without the query.
    let path: String
    var query: [QueryValue.Pair]
    var body: [UInt8]?
    var upload: Multipart?
    let options: CallOptions
    let signal: AbortSignal?
    /// Nil for an answer that is handed out as it is.
    let paging: Paging?
    /// What was seen of the list before this page.
    var loop = PageLoop()
    let prefetches: Prefetches

    var request: OperationRequest {
        let text = Operation.query(query)
        return OperationRequest(
            operation, path: text.isEmpty ? path : "\(path)?\(text)", body: body, upload: upload)
    }

    /// Sends it and makes its results.
    func perform() async throws -> HostAnswer {
        try await watched { try await results(of: client.send(request, options: options)) }
    }

    /// As `operation`, ended early by a script's abort signal.
    func watched<Value: Sendable>(_ operation: @escaping @Sendable () async throws -> Value) async throws -> Value {
        if let signal { try await signal.watch(operation) } else { try await operation() }
    }

    /// The results of the call's function: the body or the page, and the response.
    func results(of response: APIResponse) async throws -> HostAnswer {
        let answer = try await OperationAnswer(response, operation: operation)
        return HostAnswer { stack in
            if let paging {
                try ListPage.push(answer, of: self, paging, on: stack)
            } else {
                try answer.pushBody(stack, operation: operation)
            }
            try stack.push(answer.response.luaValue)
            return 2
        }
    }

    /// The call for another page of the same list.
    func following(_ changes: [QueryValue.Pair], _ loop: PageLoop) -> ManagementCall {
        var next = self
        let changed = Set(changes.map(\.name))
        next.query = query.filter { !changed.contains($0.name) } + changes
        next.loop = loop
        return next
    }
}
