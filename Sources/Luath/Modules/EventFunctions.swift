// `events.subscribe`: events of the tenant, for as long as the script asks for the next one.

import Auth0API
import Auth0Client
import LuaHost

/// A stream that is closed when the script lets go of it.
private final class OpenEvents: Sendable {
    let stream: EventStream
    let signal: AbortSignal?
    init(_ stream: EventStream, _ signal: AbortSignal?) {
        self.stream = stream
        self.signal = signal
    }
    deinit { Task { [stream] in await stream.close() } }
}

extension Auth0Module {
    /// Gives `stream, response, nil, stream`: a loop over the call closes the connection when it is left.
    func events(_ call: LuaCall, _ operation: Operation) throws -> HostFunction.Reply {
        let arguments = try OperationArguments(call, for: operation)
        let (query, _) = try arguments.encoded()
        try run.permit(operation)
        let first = try managementCall(
            call, operation, path: arguments.path, query: query, body: nil, arguments.options)
        return .wait {
            let stream = try await first.watched {
                try await first.client.events(
                    first.request,
                    from: { offset in
                        var next = first
                        next.query.removeAll { ["from", "from_timestamp"].contains($0.name) }
                        next.query.append(.init("from", .string(offset)))
                        return next.request
                    }, options: first.options)
            }
            let response = await stream.response
            return HostAnswer { stack in
                try stack.pushTable(fields: 1)
                try stack.push(object: OpenEvents(stream, first.signal))
                try stack.setField("_stream")
                try stack.setKeptMetatable("events")
                let table = stack.top
                try response.map { try stack.push($0.luaValue) } ?? stack.pushNil()
                try stack.pushNil()
                try stack.pushCopy(table)
                return 4
            }
        }
    }

    /// What `events.lua` is built on.
    var eventFunctions: [HostFunction] {
        [
            HostFunction("next_event") { [run] call in
                let open = try Self.opened(call), redactor = run.secrets.redactor
                return .wait {
                    let next: @Sendable () async throws -> ServerSentEvent? = { try await open.stream.next() }
                    let event = if let signal = open.signal { try await signal.watch(next) } else { try await next() }
                    guard let event else { return .value(.nil) }
                    let data = redactor?.redact(event.data) ?? event.data
                    let document = try? LuaJSON(Array(data.utf8))
                    return HostAnswer { stack in
                        if let document { try stack.push(document) } else { try stack.push(data) }
                        if stack.type(-1) != .table {
                            try stack.pushTable(fields: 2)
                            try stack.pushCopy(stack.top - 1)
                            try stack.setField("data")
                        }
                        if event.type != "message" { try stack.setField("type", to: .string(event.type)) }
                        if let id = event.id { try stack.setField("offset", to: .string(id)) }
                        return 1
                    }
                }
            },
            HostFunction("offset") { call in
                let open = try Self.opened(call)
                return .wait { .value(await open.stream.offset.map { .string($0) } ?? .nil) }
            },
            HostFunction("close_events") { call in
                let open = try Self.opened(call)
                Task { await open.stream.close() }
                return .values(0)
            },
        ]
    }

    private static func opened(_ call: LuaCall) throws -> OpenEvents {
        guard let open = call.object(1, as: OpenEvents.self) else {
            throw LuaError.argument("call a stream's functions with a colon: stream:close()")
        }
        return open
    }
}
