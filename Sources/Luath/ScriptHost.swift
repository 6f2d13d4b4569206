// The embedding API: runs a Lua script against a tenant from any Swift program.

import Auth0API
import Auth0Client
import Logging
import LuaHost
import Synchronization

/// Runs scripts, each in a Lua state of its own, side by side if you like: runs share nothing but what you give them.
///
/// ```swift
/// var host = ScriptHost(tenant: TenantSettings(domain: domain, credentials: .token(token)))
/// host.permissions.isReadOnly = true
/// host.modules["inventory"] = HostModule(
///     functions: [.async("stock") { arguments in .integer(try await store.stock(of: arguments.string(1))) }],
///     values: ["warehouse": "north"])
/// host.options.observe = { attempt in metrics.record(attempt.operation, attempt.duration) }
///
/// let script = Script("local limit = ... return require('inventory').stock('apples') < limit", arguments: [100])
/// let isLow = try await host.run(script).values.first?.boolean
/// ```
///
/// Values go in as the script's arguments (`...`) or by name in a module, and come out as what the script returns. Swift's
/// literals are `LuaValue`s; `LuaValue(encoding:)` and `decode(as:)` convert types of yours.
public struct ScriptHost: Sendable {
    /// Asked for at the first API call, so a script that makes none needs no tenant.
    public var tenant: @Sendable () throws -> TenantSettings
    public var permissions = Permissions()
    /// Timeouts, retries and connections of the run's tenant and of explicit clients; `observe` sees their requests.
    public var options = ClientOptions()
    /// What scripts get with `require`, by name, before their own files. Luath's own modules cannot be replaced.
    public var modules: [String: HostModule] = [:]
    /// What a script may use; a run that goes over a limit ends with a `ScriptError` of kind `limit`.
    public var limits = LuaLimits()
    /// How a script that runs is stopped; change it in a program that needs `SIGURG` for itself.
    public var interruption = LuaInterruption.standard
    /// Gets what scripts print, line ends included. The default writes to standard output.
    public var print: @Sendable (UnsafeRawBufferPointer) -> Void = { StandardOutput.write($0) }
    /// Gets what scripts log with the module `log`.
    public var logger = Logger(label: "luath.script")

    public init(tenant: @escaping @Sendable () throws -> TenantSettings) { self.tenant = tenant }
    public init(tenant: TenantSettings) { self.tenant = { tenant } }
    /// A host without a tenant: every API call is an error of kind `config`.
    public init() {
        tenant = { throw APIError(.config, name: "ConfigurationError", message: "this host has no tenant") }
    }

    /// Runs a script to its end. A script that gives back a recipe has the recipe run with its arguments.
    ///
    /// Cancelling the Swift task ends the script in order: its calls in flight are cancelled, `<close>` variables run.
    /// - Returns: the values that the script returned, or the status that it gave to `os.exit`.
    /// - Throws: `ScriptError` for an error that the script did not catch; its `kind` tells the cause. `LuaError` of kind
    ///   `host`, before anything runs, for a module of the host that cannot be.
    @discardableResult
    public func run(_ script: Script) async throws -> RunOutcome {
        try await run(script) { _ in true }
    }

    /// The description of the recipe that a script gives back, or nil for a plain script, which is run without a tenant.
    public func description(of script: Script) async -> RecipeDescription? {
        var host = self
        host.permissions = Permissions()
        host.print = { _ in }
        host.tenant = {
            throw APIError(.config, name: "ConfigurationError", message: "no calls while a recipe is described")
        }
        let found = Mutex<RecipeDescription?>(nil)
        _ = try? await host.run(script, onlyDescribing: true) { description in
            found.withLock { $0 = description }
            return false
        }
        return found.withLock { $0 }
    }

    private func run(
        _ script: Script, onlyDescribing: Bool = false, found: @escaping @Sendable (RecipeDescription) -> Bool
    ) async throws -> RunOutcome {
        for (name, module) in modules { try module.check(name) }
        let runtime = try LuaRuntime(limits: limits, interruption: interruption, print: print)
        let modules = Modules(host: self, directory: script.directory, found: found)
        try await runtime.withStack {
            try modules.install(on: $0, arguments: [.string(script.name)] + script.arguments)
        }
        if onlyDescribing { await runtime.endAtFirstWait() }
        let outcome: Result<RunOutcome, any Error>
        do {
            outcome = .success(
                try await runtime.run(
                    script.source, chunkName: script.directory == nil ? "=\(script.name)" : "@\(script.name)",
                    arguments: script.arguments))
        } catch {
            outcome = .failure(error)
        }
        await modules.end()
        return try outcome.get()
    }
}
