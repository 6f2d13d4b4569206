// The one host function behind every operation: check, permit, encode, send, push.

import Auth0API
import Auth0Client
import LuaHost

extension Auth0Module {
    /// Bound to the position of a tenant and the number of an operation, -1 for `management.request`.
    var operationFunction: HostFunction {
        HostFunction("operation") { [self] call in
            let operation = call.bound(1) < 0 ? nil : operation(call.bound(1))
            switch operation?.api {
            case .authentication: return try authentication(call, operation!)
            case .userinfo: return try userinfo(call, operation!)
            case .management where operation!.isEventStream: return try events(call, operation!)
            case .management, nil:
                let made = try managementCall(call, operation)
                return .wait { try await made.perform() }
            }
        }
    }

    /// As `operationFunction`, but the call is handed out unsent, for a client with a fetcher.
    var prepareFunction: HostFunction {
        HostFunction("prepare") { [self] call in
            let operation = call.bound(1) < 0 ? nil : operation(call.bound(1))
            if let operation, operation.isEventStream {
                throw operation.invalidArgument(
                    "a client with a fetcher cannot open a stream", hint: "use a client without one")
            }
            try call.stack.push(object: try managementCall(call, operation))
            return .values(1)
        }
    }

    private func managementCall(_ call: LuaCall, _ operation: Operation?) throws -> ManagementCall {
        guard let operation else { return try freeCall(call) }
        let arguments = try OperationArguments(call, for: operation)
        var (query, body) = try arguments.encoded()
        try run.permit(operation)
        let upload = operation.body?.encoding == .multipart ? try arguments.upload(run.files) : nil
        if let paging = operation.paging { query = PageStep.first(paging, query: query) }
        return try managementCall(
            call, operation, path: arguments.path, query: query, body: body, upload: upload, arguments.options)
    }

    func managementCall(
        _ call: LuaCall, _ operation: Operation, path: String, query: [QueryValue.Pair], body: [UInt8]?,
        upload: Multipart? = nil, _ options: LuaCallOptions
    ) throws -> ManagementCall {
        guard let client = try tenant(call.bound(0)).management else { throw Self.noClient(operation) }
        return ManagementCall(
            client: client, operation: operation, path: path, query: query, body: body, upload: upload,
            options: options.options, signal: options.signal, paging: operation.paging, prefetches: prefetches)
    }

    /// Sends, ended early by a script's abort signal.
    nonisolated(nonsending) static func answer(
        _ signal: AbortSignal?, _ operation: Operation, _ send: @escaping @Sendable () async throws -> APIResponse
    ) async throws -> HostAnswer {
        let response = if let signal { try await signal.watch(send) } else { try await send() }
        return try await answer(response, operation)
    }

    private nonisolated(nonsending) static func answer(
        _ response: APIResponse, _ operation: Operation
    ) async throws -> HostAnswer {
        let answer = try await OperationAnswer(response, operation: operation)
        return HostAnswer { stack in
            try answer.pushBody(stack, operation: operation)
            try stack.push(answer.response.luaValue)
            return 2
        }
    }

    static func noClient(_ operation: Operation) -> APIError {
        APIError(
            .config, name: "ConfigurationError", message: "this run has no application to call the operation with",
            operation: operation.name, hint: "set AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET")
    }
}
