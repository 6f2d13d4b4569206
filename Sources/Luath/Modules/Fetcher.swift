// A script's own fetcher: it sees a request before it is sent and the answer before it is read, and never the token.

import Auth0API
import Auth0Client
import LuaHost

extension Auth0Module {
    /// What a client with a fetcher is built on: `request(call)`, `fetch(call, request)` and `finish(call, answer)`.
    var fetcherFunctions: [HostFunction] {
        [
            HostFunction("request") { [self] call in
                try push(try Self.prepared(call), on: call.stack)
                return .values(1)
            },
            HostFunction("fetch") { [self] call in
                let prepared = try Self.prepared(call)
                let request = try changed(prepared, call)
                return .wait {
                    let response = try await prepared.watched {
                        try await prepared.client.fetch(request, for: prepared.operation, options: prepared.options)
                    }
                    return HostAnswer { stack in
                        try stack.push(response.luaValue)
                        try stack.push(bytes: response.body)
                        try stack.setField("body")
                        return 1
                    }
                }
            },
            HostFunction("finish") { call in
                let prepared = try Self.prepared(call)
                let response = try Self.answer(call, of: prepared)
                return .wait {
                    try await prepared.results(of: try prepared.client.check(response, for: prepared.operation))
                }
            },
        ]
    }

    private static func prepared(_ call: LuaCall) throws -> ManagementCall {
        guard let prepared = call.object(1, as: ManagementCall.self) else {
            throw LuaError.argument("fetch was called with something that is no request")
        }
        return prepared
    }

    /// Pushes `{ url, method, headers, body }`; secrets in the body are hidden.
    private func push(_ prepared: ManagementCall, on stack: LuaStack) throws {
        let request = prepared.client.request(for: prepared.request, options: prepared.options)
        try stack.push(
            .table([
                ("url", .string(request.url)), ("method", .string(request.method)),
                ("headers", .table(request.headers.map { ($0.name, .string($0.value)) })),
            ]))
        if let body = request.body {
            try stack.push(bytes: shown(body))
            try stack.setField("body")
        }
    }

    private func shown(_ body: [UInt8]) -> [UInt8] { run.secrets.redactor?.redact(body) ?? body }

    /// The request as the fetcher wants it, permitted anew.
    private func changed(_ prepared: ManagementCall, _ call: LuaCall) throws -> APIRequest {
        let operation = prepared.operation
        func wrong(_ message: String) -> APIError { operation.invalidArgument("the fetcher's request: \(message)") }
        guard call.type(2) == .table else { throw wrong("must be a table, got \(call.type(2).name)") }
        let own = prepared.client.request(for: prepared.request, options: prepared.options)
        guard let url = call.field("url", of: 2).string, let place = url.firstRange(of: "://") else {
            throw wrong("'url' must be a complete URL")
        }
        let address = try TenantAddress(
            String(url[..<(url[place.upperBound...].firstIndex { "/?#".contains($0) } ?? url.endIndex)]))
        if address != prepared.client.tenant { try permit(address) }
        guard let verb = call.field("method", of: 2).string.flatMap(Verb.init(rawValue:)) else {
            throw wrong("'method' must be one of \(Verb.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let isOwn = address == prepared.client.tenant
        if url != own.url || verb != operation.verb { try permit(verb, url, isOwn: isOwn, wrong) }
        let headers = try Headers(ofRequest: call.field("headers", of: 2), problem: wrong)
        try call.stack.pushField("body", of: 2)
        defer { call.stack.pop() }
        var body = call.bytes(call.stack.top)
        if body == nil, call.stack.type(-1) != .nil { throw wrong("'body' must be a text") }
        // What was shown without its secrets is sent with them, to the client's tenant alone.
        if let sent = own.body, isOwn, body == shown(sent) { body = sent }
        return APIRequest(
            method: verb.rawValue, url: url, headers: headers, body: body, upload: body == nil ? own.upload : nil)
    }

    /// - Throws: `APIError` of kind `permission` when the operation that the URL means may not be called.
    private func permit(_ verb: Verb, _ url: String, isOwn: Bool, _ wrong: (String) -> APIError) throws {
        let place = url.prefix { !"?#".contains($0) }
        let path = place[(place.firstRange(of: "://")?.upperBound ?? place.startIndex)...].drop { $0 != "/" }
        guard isOwn, path.lowercased().hasPrefix("/api/v2/") else {
            return try run.permit(.uncatalogued(verb, path: String(place), hasBody: true, in: .management))
        }
        try run.permit(verb, at: try Self.checked(String(path.dropFirst("/api/v2".count)), wrong))
    }

    /// The answer as the fetcher gives it back.
    private static func answer(_ call: LuaCall, of prepared: ManagementCall) throws -> APIResponse {
        func wrong(_ message: String) -> APIError {
            prepared.operation.invalidArgument(
                "the fetcher's answer: \(message)",
                hint: "return what fetch(request) gives, or a table of the same form")
        }
        guard call.type(2) == .table else { throw wrong("must be a table, got \(call.type(2).name)") }
        guard let status = call.field("status", of: 2).integer, (100..<600).contains(status) else {
            throw wrong("'status' must be a number from 100 to 599")
        }
        let headers = call.field("headers", of: 2)
        try call.stack.pushField("body", of: 2)
        defer { call.stack.pop() }
        let body = call.bytes(call.stack.top)
        if body == nil, call.stack.type(-1) != .nil { throw wrong("'body' must be a text") }
        let read = headers.isNil ? Headers() : try Headers(lua: headers, problem: wrong)
        return APIResponse(
            status: Int(status), headers: Headers(read.map { ($0.name.lowercased(), $0.value) }), body: body ?? [],
            url: call.field("url", of: 2).string ?? "", attempts: Int(call.field("attempts", of: 2).integer ?? 1))
    }
}
