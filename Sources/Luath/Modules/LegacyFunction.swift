// One call of a Management operation under an old name: exactly what was given is sent, and the answer comes as it is.

import Auth0API
import Auth0Client
import LuaHost

extension LegacyModule {
    /// `send(path values, query, body, options)`, bound to the position of a tenant and the number of a use.
    var sendFunction: HostFunction {
        HostFunction("send") { [self] call in
            let use = use(call.bound(1)), operation = use.operation
            let path = try operation.path(arguments: use.pathValues(call.value(1)))
            let query = Operation.query(try use.query(call, at: 2))
            let body = try use.body(call, at: 3)
            let chosen = try LuaCallOptions(call, at: 4, operation: operation)
            try auth0.run.permit(operation)
            guard let client = try auth0.tenant(call.bound(0)).management else {
                throw Auth0Module.noClient(operation)
            }
            let request = OperationRequest(operation, path: query.isEmpty ? path : "\(path)?\(query)", body: body)
            return .wait {
                try await Auth0Module.answer(chosen.signal, operation) {
                    try await client.send(request, options: chosen.options)
                }
            }
        }
    }
}

extension LegacyModule.Use {
    /// - Parameter values: as many as the path has parameters.
    fileprivate func pathValues(_ values: LuaValue) throws -> [String] {
        guard case .array(let values) = values else { return [] }
        return try zip(name.parameters, values).map { key, value in
            guard let text = value.string ?? value.integer.map(String.init) else {
                throw operation.invalidArgument(
                    "'\(key)' must be a text, got \(value.typeName)", hint: "call \(name.signature)")
            }
            return name.generation == .v2 ? PercentEncoding.beforeLegacyEncoding(text) : text
        }
    }

    /// Generation 2 sent every key and wrote lists with commas. Generation 4 knew its keys and dropped others in silence;
    /// here they are errors.
    fileprivate func query(_ call: LuaCall, at position: Int) throws -> [QueryValue.Pair] {
        let keys = call.keys(of: position).sorted()
        let known = operation.query.map(\.name) + name.query
        if name.generation == .v4, !operation.hasOpenQuery {
            for key in keys where !known.contains(key) { throw unknown(key, known) }
        }
        for field in operation.query where field.isRequired {
            switch call.field(field.name, of: position) {
            case .nil, .null:
                throw operation.invalidArgument("'\(field.name)' is missing", hint: "call \(name.signature)")
            default: break
            }
        }
        return try keys.map { key in
            let given = call.field(key, of: position)
            if given.isNil { throw operation.invalidArgument("params is a list", hint: "call \(name.signature)") }
            let value = try QueryValue(given, key, operation)
            return QueryValue.Pair(key, name.generation == .v2 ? value.joined : value)
        }
    }

    private func unknown(_ key: String, _ known: [String]) -> APIError {
        let near = Spelling.nearest(to: key, among: known + name.parameters).first
        let isInBody = operation.body.map { $0.fields.contains { $0.name == key } } ?? false
        return operation.invalidArgument(
            "unknown parameter '\(key)'",
            hint: isInBody
                ? "the body has an argument of its own: \(name.signature)"
                : near.map { "did you mean '\($0)'?" }
                    ?? "luath api \(operation.name) lists the query keys")
    }

    fileprivate func body(_ call: LuaCall, at position: Int) throws -> [UInt8]? {
        if call.isLeftOut(position) { return operation.sendsEmptyBody ? Array("{}".utf8) : nil }
        guard let body = operation.body else { throw operation.invalidArgument("the operation takes no body") }
        return try call.json(position, for: body, of: operation)
    }
}

extension QueryValue {
    /// A list as one text with commas, as generation 2 wrote it; other values unchanged.
    fileprivate var joined: QueryValue {
        guard case .array(let items) = self else { return self }
        return .string(
            items.compactMap { item in
                switch item {
                case .string(let text): text
                case .integer(let number): String(number)
                case .number(let number): "\(number)"
                case .boolean(let flag): String(flag)
                case .null, .array, .object: nil
                }
            }.joined(separator: ","))
    }
}
