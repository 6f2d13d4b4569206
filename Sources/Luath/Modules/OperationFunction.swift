// The one host function behind every operation: check, permit, encode, send, push.

import Auth0API
import Auth0Client
import LuaHost

extension Auth0Module {
    /// Bound to the position of a tenant and the number of an operation.
    var operationFunction: HostFunction {
        HostFunction("operation") { [self] call in
            let operation = operation(call.bound(1))
            switch operation.api {
            case .management: return try management(call, operation)
            case .authentication: return try authentication(call, operation)
            case .userinfo: return try userinfo(call, operation)
            }
        }
    }

    private func management(_ call: LuaCall, _ operation: Operation) throws -> HostFunction.Reply {
        let arguments = try OperationArguments(call, for: operation)
        if operation.isEventStream || operation.body?.encoding == .multipart { throw Self.notYet(operation) }
        let (query, body) = try arguments.encoded()
        try permit(operation)
        let tenant = try tenant(call.bound(0))
        guard let client = tenant.management else { throw Self.noClient(operation) }
        let options = arguments.options.options, signal = arguments.options.signal
        if let paging = operation.paging {
            let request = ListPage.Request(
                client: client, operation: operation, paging: paging, path: arguments.path, options: options,
                signal: signal)
            return .wait { try await request.fetch(PageStep.first(paging, query: query)) }
        }
        let text = Operation.query(query)
        let request = OperationRequest(
            operation, path: text.isEmpty ? arguments.path : "\(arguments.path)?\(text)", body: body)
        return .wait {
            let response = try await client.send(request, options: options, signal: signal)
            return try await Self.answer(response, operation)
        }
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

    /// - Throws: `APIError` of kind `permission` that names the option.
    func permit(_ operation: Operation) throws {
        func refused(_ message: String, hint: String) -> APIError {
            APIError(.permission, name: "PermissionError", message: message, operation: operation.name, hint: hint)
        }
        if permissions.isReadOnly, operation.effect == .write {
            throw refused(
                "this run is read-only, and the operation changes the tenant", hint: "run it without --read-only")
        }
        if operation.verb == .delete, !permissions.allowsDelete {
            throw refused("deleting is not allowed in this run; nothing was sent", hint: "allow it with --allow-delete")
        }
    }

    static func notYet(_ operation: Operation) -> APIError {
        APIError(
            .argument, name: "NotSupportedError", message: "this operation cannot be called yet",
            operation: operation.name,
            hint: "it needs a kind of request that Luath does not make yet")
    }

    static func noClient(_ operation: Operation) -> APIError {
        APIError(
            .config, name: "ConfigurationError", message: "this run has no application to call the operation with",
            operation: operation.name, hint: "set AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET")
    }
}
