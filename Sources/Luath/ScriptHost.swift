// The embedding API: runs a Lua script against a tenant from any Swift program.

import Auth0API
import Auth0Client
import LuaHost
import Synchronization

/// Runs scripts, each in a Lua state of its own.
///
/// ```swift
/// let host = ScriptHost(tenant: TenantSettings(domain: domain, credentials: .token(Secret(token))))
/// try await host.run(Script(source: Array("print(#require('auth0').management.clients.list().data)".utf8), name: "count"))
/// ```
public struct ScriptHost: Sendable {
    /// Asked for at the first API call, so a script that makes none needs no tenant.
    public var tenant: @Sendable () throws -> TenantSettings
    public var permissions = Permissions()
    /// Timeouts, retries and connections of the run's tenant and of explicit clients.
    public var options = ClientOptions()
    /// What a script may use; a run that goes over a limit ends with a `ScriptError` of kind `limit`.
    public var limits = LuaLimits()
    /// How a script that runs is stopped; change it in a program that needs `SIGURG` for itself.
    public var interruption = LuaInterruption.standard
    /// Gets what scripts print, line ends included. The default writes to standard output.
    public var print: @Sendable (UnsafeRawBufferPointer) -> Void = { StandardOutput.write($0) }

    public init(tenant: @escaping @Sendable () throws -> TenantSettings) { self.tenant = tenant }
    public init(tenant: TenantSettings) { self.tenant = { tenant } }

    /// Runs a script to its end. A script that gives back a recipe has the recipe run with its arguments.
    ///
    /// Cancelling the Swift task ends the script in order: its calls in flight are cancelled, `<close>` variables run.
    /// - Throws: `ScriptError` for an error that the script did not catch; its `kind` tells the cause.
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
        let runtime = try LuaRuntime(limits: limits, interruption: interruption, print: print)
        let modules = Modules(host: self, directory: script.directory, found: found)
        try await runtime.withStack { try modules.install(on: $0, arguments: [script.name] + script.arguments) }
        if onlyDescribing { await runtime.endAtFirstWait() }
        let outcome: Result<RunOutcome, any Error>
        do {
            outcome = .success(
                try await runtime.run(
                    script.source, chunkName: script.directory == nil ? "=\(script.name)" : "@\(script.name)",
                    arguments: script.arguments.map { .string($0) }))
        } catch {
            outcome = .failure(error)
        }
        await modules.end()
        return try outcome.get()
    }
}
