// The modules `auth0.v4` and `auth0.v2`: from an old name in Lua to today's operation. The arguments' old forms are
// undone in Lua (legacy.lua).

import Auth0API
import LuaHost
import Synchronization

/// What old names need beside the operations themselves.
final class LegacyModule: Sendable {
    /// An old name and the operation that it is, or is for certain arguments.
    struct Use: Sendable {
        let name: LegacyName
        let operation: Operation
    }
    private let uses = Mutex<[Use]>([])
    let auth0: Auth0Module

    init(_ auth0: Auth0Module) { self.auth0 = auth0 }

    func use(_ number: Int) -> Use { uses.withLock { $0[number] } }

    /// - Parameters:
    ///   - run: runs an operation by today's calling convention.
    ///   - send: sends one with path values, query and body already apart.
    func functions(_ run: HostFunction.ID, _ send: HostFunction.ID) -> [HostFunction] {
        [
            HostFunction("legacy") { [self] call in try resolve(call, run, send) },
            HostFunction("refuse") { call in
                throw APIError(
                    .argument, name: "InvalidArgumentError", message: call.string(2) ?? "wrong arguments",
                    operation: call.string(1), hint: call.string(3))
            },
        ]
    }

    /// `legacy(generation, api, prefix, key, tenant, userinfo)`: how the name is called, or the longer prefix.
    private func resolve(
        _ call: LuaCall, _ run: HostFunction.ID, _ send: HostFunction.ID
    ) throws -> HostFunction.Reply {
        guard let generation = call.string(1).flatMap(Generation.init(rawValue:)),
            let api = call.string(2).flatMap(API.init(rawValue:)), let prefix = call.string(3),
            let tenant = call.integer(5)
        else { throw LuaError.argument("legacy takes a generation, an API, a prefix, a key and a tenant") }
        guard let key = call.string(4) else {
            throw LuaError.argument("\(api.rawValue) has operations by name, not by \(call.type(4).name)")
        }
        let written = prefix.isEmpty ? key : "\(prefix).\(key)", stack = call.stack
        let catalog = LegacyCatalog.shared
        if let name = catalog.name(written, generation, api), let line = catalog.line(written, generation, api) {
            try stack.push(LuaJSON(line))
            try stack.setField("signature", to: .string(name.signature))
            let cases = name.cases.compactMap(\.operation)
            if let operation = name.operation ?? cases.first {
                try stack.setField("call", to: .string(operation.isSentRaw ? "raw" : "request"))
                try stack.setField("verb", to: .string(operation.verb.rawValue))
            }
            func setFunction(_ field: String, _ operation: Operation) throws {
                let userinfo = operation.api == .userinfo ? call.integer(6) : nil
                try push(name, operation, tenant: Int(userinfo ?? tenant), run, send, on: stack)
                try stack.setField(field)
            }
            if let operation = name.operation {
                try stack.setField("today", to: .string(operation.name))
                try setFunction("send", operation)
            }
            for (position, operation) in cases.enumerated() { try setFunction("send\(position + 1)", operation) }
        } else if catalog.hasNames(under: written, generation, api) {
            try stack.push(written)
        } else {
            throw Self.unknown(written, generation, api)
        }
        return .values(1)
    }

    private func push(
        _ name: LegacyName, _ operation: Operation, tenant: Int, _ run: HostFunction.ID, _ send: HostFunction.ID,
        on stack: LuaStack
    ) throws {
        guard operation.isSentRaw else {
            let number = auth0.number(of: operation.api == .authentication ? operation.withOpenBody : operation)
            return try stack.push(run, first: tenant, second: number)
        }
        let number = uses.withLock { uses in
            uses.append(Use(name: name, operation: operation))
            return uses.count - 1
        }
        try stack.push(send, first: tenant, second: number)
    }

    private static func unknown(_ name: String, _ generation: Generation, _ api: API) -> LuaError {
        let other: Generation = generation == .v2 ? .v4 : .v2
        let near = LegacyCatalog.shared.suggestions(for: name, in: [generation], api)
        let hint: String? =
            if LegacyCatalog.shared.name(name, other, api) != nil {
                "it is a name of require \"\(other.module)\""
            } else if Catalog.shared.operation(name, in: api) != nil {
                "it is a name of require \"auth0\""
            } else {
                near.isEmpty ? "luath api --migrate \(name) looks in all generations" : nil
            }
        let listed = near.map { "'\($0)'" }.joined(separator: ", ")
        return LuaError.argument(
            "\(generation.module) has no '\(name)'" + (near.isEmpty ? "" : " (did you mean \(listed)?)"), hint: hint)
    }
}

extension Operation {
    /// Whether an old name's call is sent without today's page sizes and checks; what is written in parts (an upload) or
    /// signed goes the way of all calls.
    fileprivate var isSentRaw: Bool { api == .management && body?.encoding != .multipart }
}
