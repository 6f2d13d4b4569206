// Operations of the Authentication API and of UserInfo, called from Lua.

import Auth0API
import Auth0Client
import LuaHost

extension Auth0Module {
    func authentication(_ call: LuaCall, _ operation: Operation) throws -> HostFunction.Reply {
        let arguments = try OperationArguments(call, for: operation)
        try run.permit(operation)
        if operation.buildsURL { return try url(call, arguments) }
        let bearer = try operation.bearerParameter.map { try OperationArguments.bearer(call, $0, operation) }
        let fields = operation.body == nil ? [] : try arguments.formFields(), path = arguments.pathValues
        guard let client = try tenant(call.bound(0)).authentication else { throw Self.noClient(operation) }
        let chosen = arguments.options
        return .wait {
            try await Self.answer(chosen.signal, operation) {
                try await client.send(
                    operation, path: path, bearer: bearer, fields: fields, idToken: chosen.idToken,
                    pollInterval: chosen.pollInterval, options: chosen.options)
            }
        }
    }

    private func url(_ call: LuaCall, _ arguments: OperationArguments) throws -> HostFunction.Reply {
        let operation = arguments.operation, query = try arguments.encoded().query
        guard let client = try tenant(call.bound(0)).authentication else { throw Self.noClient(operation) }
        try call.stack.push(client.url(for: operation, path: arguments.pathValues, query: query))
        return .values(1)
    }

    /// `auth0.pkce()`: a new code verifier with its challenge, as fields of the authorize URL and of the grant.
    static let pkce = HostFunction("pkce") { call in
        let pkce = PKCE()
        try call.stack.push(
            .table([
                ("code_verifier", .string(pkce.verifier.reveal())), ("code_challenge", .string(pkce.challenge)),
                ("code_challenge_method", .string(PKCE.method)),
            ]))
        return .values(1)
    }

    func userinfo(_ call: LuaCall, _ operation: Operation) throws -> HostFunction.Reply {
        let token = try OperationArguments.bearer(call, operation.bearerParameter ?? "access_token", operation)
        let chosen = try OperationArguments(call, for: operation).options
        try run.permit(operation)
        guard let client = try tenant(call.bound(0)).userinfo else { throw Self.noClient(operation) }
        let signal = chosen.signal, options = chosen.options
        return .wait {
            try await Self.answer(signal, operation) {
                try await client.getUserInfo(accessToken: token, options: options)
            }
        }
    }
}

extension OperationArguments {
    /// The request as values of a form or of a JSON object, checked like a Management request.
    func formFields() throws -> [(name: String, value: FormValue)] {
        _ = try encoded()
        return try requestFields().compactMap { field in
            switch field.value {
            case .null: nil
            case .string(let text): (field.key, .string(text))
            case .integer(let number): (field.key, .integer(number))
            case .number(let number): (field.key, .number(number))
            case .boolean(let flag): (field.key, .boolean(flag))
            case .opaque: (field.key, .secret(try secret(ofField: field.key)))
            default: (field.key, .json(try json(ofField: field.key)))
            }
        }
    }
}
