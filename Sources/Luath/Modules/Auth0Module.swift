// The module `auth0`: from a dotted name in Lua to a call of a client.

import Auth0API
import Auth0Client
import LuaHost
import Synchronization

/// The operations and clients that one run has used.
final class Auth0Module: Sendable {
    private struct State {
        /// Position 0 is the run's own tenant, made at its first call.
        var tenants: [Tenant?] = [nil]
        var operations: [Operation] = []
        /// Shared by explicit clients, so that a script that makes many does not hold as many connections.
        var transport: (any Transport)?
    }
    private let state = Mutex(State())
    let settings: @Sendable () throws -> TenantSettings
    let options: ClientOptions
    let run: RunGuard
    let prefetches: Prefetches

    init(
        settings: @escaping @Sendable () throws -> TenantSettings, options: ClientOptions, run: RunGuard,
        prefetches: Prefetches
    ) {
        self.settings = settings
        self.options = options
        self.run = run
        self.prefetches = prefetches
    }

    /// What the prelude in Lua is built on.
    ///
    /// - Parameters: the two functions that stand for operations, of clients without and with a fetcher.
    func functions(_ run: HostFunction.ID, _ prepare: HostFunction.ID) -> [HostFunction] {
        [
            HostFunction("resolve") { [self] call in
                try resolve(call, call.value(5).boolean == true ? prepare : run)
            },
            HostFunction("client") { [self] call in
                let tenant = try explicitClient(call)
                let position = state.withLock { state in
                    state.tenants.append(tenant)
                    return state.tenants.count - 1
                }
                try call.stack.push(Int64(position))
                try call.stack.pushField("fetcher", of: 2)
                if ![.nil, .function].contains(call.stack.type(-1)) {
                    throw LuaError.argument("ManagementClient: 'fetcher' must be a function")
                }
                return .values(2)
            },
            HostFunction("has_next") { call in
                let page = try Self.page(call)
                try call.stack.push(page.step != .end)
                return .values(1)
            },
            HostFunction("next") { call in
                let page = try Self.page(call)
                if let task = page.takePrefetched() {
                    return .wait {
                        try await withTaskCancellationHandler {
                            try await task.value
                        } onCancel: {
                            task.cancel()
                        }
                    }
                }
                guard let next = try page.next() else { return .values(0) }
                return .wait { try await next.perform() }
            },
            HostFunction("prefetch") { call in
                try Self.page(call).prefetch()
                return .values(0)
            },
            HostFunction("next_call") { call in
                guard let next = try Self.page(call).next() else { return .values(0) }
                try call.stack.push(object: next)
                return .values(1)
            },
            HostFunction("refuse_walk") { call in
                throw APIError(
                    .argument, name: "InvalidArgumentError", message: call.string(1) ?? "", operation: "all_users",
                    hint: "call auth0.all_users { q = \"...\", fields = \"...\" }, with all fields optional")
            },
            HostFunction("refuse_moment") { call in
                let moment = call.string(1) ?? "", count = call.integer(2).map { Int($0).grouped } ?? ""
                throw APIError(
                    .limit, name: "LimitError",
                    message: "\(count) users were created at \(moment), and one search gives only the first 1,000",
                    operation: "all_users",
                    hint: "cut this moment further with q, for example by connection, and walk over each part")
            },
            HostFunction("keep") { call in
                guard let name = call.string(1) else { throw LuaError.argument("keep takes a name and a value") }
                try call.stack.pushCopy(2)
                try call.stack.keep(name)
                return .values(0)
            },
            Self.pkce,
            HostFunction("signal") { call in
                try call.stack.push(object: AbortSignal())
                return .values(1)
            },
            HostFunction("abort") { call in
                call.object(1, as: AbortSignal.self)?.abort()
                return .values(0)
            },
        ] + fetcherFunctions + eventFunctions
    }

    private static func page(_ call: LuaCall) throws -> ListPage {
        guard let page = call.object(1, as: ListPage.self) else {
            throw LuaError.argument("call a page's functions with a colon: page:get_next_page()")
        }
        return page
    }

    /// The run's tenant or an explicit client.
    func tenant(_ position: Int) throws -> Tenant {
        if let known = state.withLock({ $0.tenants[position] }) { return known }
        let made = try Tenant(try settings(), options: options, run)
        state.withLock { $0.tenants[position] = made }
        return made
    }

    /// Makes an operation known, so that a function can be bound to its number.
    func number(of operation: Operation) -> Int {
        state.withLock { state in
            state.operations.append(operation)
            return state.operations.count - 1
        }
    }

    func sharedTransport() throws -> any Transport {
        try state.withLock { state in
            if let known = state.transport { return known }
            var connection = options.connection
            connection.caFile = connection.caFile ?? (try? settings())?.caFile
            let made = try HTTPTransport(connection)
            state.transport = made
            return made
        }
    }

    func operation(_ number: Int) -> Operation { state.withLock { $0.operations[number] } }

    /// The nearest operations, or else the nearest group: a misspelt group is no operation's name.
    private static func suggestions(for name: String, in api: API) -> [String] {
        let operations = Catalog.shared.suggestions(for: name, in: api)
        if !operations.isEmpty { return operations }
        let depth = name.split(separator: ".").count
        let groups = Set(
            Catalog.shared.names(in: api).map { $0.split(separator: ".").prefix(depth).joined(separator: ".") })
        return Spelling.nearest(to: name, among: groups.sorted())
    }

    /// `resolve(tenant, api, prefix, key)`: the operation's function, the longer prefix, or an error with the nearest names.
    private func resolve(_ call: LuaCall, _ runOperation: HostFunction.ID) throws -> HostFunction.Reply {
        guard let tenant = call.integer(1), let api = call.string(2).flatMap(API.init(rawValue:)),
            let prefix = call.string(3)
        else { throw LuaError.argument("resolve takes a tenant, an API and a prefix") }
        guard let key = call.string(4) else {
            throw LuaError.argument("\(api.rawValue) has operations by name, not by \(call.type(4).name)")
        }
        let name = prefix.isEmpty ? key : "\(prefix).\(key)"
        if api == .management, name == "request" {
            try call.stack.push(runOperation, first: Int(tenant), second: -1)
        } else if let operation = Catalog.shared.operation(name, in: api) {
            try call.stack.push(runOperation, first: Int(tenant), second: number(of: operation))
        } else if Catalog.shared.hasOperations(under: name, in: api) {
            try call.stack.push(name)
        } else {
            let near = Self.suggestions(for: name, in: api)
            let listed = near.map { "'\($0)'" }.joined(separator: ", ")
            let isOld = !LegacyCatalog.shared.names(written: "\(api.rawValue).\(name)").isEmpty
            throw LuaError.argument(
                "no operation '\(name)'" + (near.isEmpty ? "" : " (did you mean \(listed)?)"),
                hint: isOld
                    ? "it is a name of an older SDK: luath api --migrate \(name) shows today's, require \"auth0.v4\" or \"auth0.v2\" keeps it"
                    : near.isEmpty ? "luath api finds operations by words" : nil)
        }
        return .values(1)
    }
}
