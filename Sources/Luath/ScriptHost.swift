// The embedding API: runs a Lua script against a tenant from any Swift program.

import Auth0API
import Auth0Client
import LuaHost
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

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
        let runtime = try LuaRuntime(print: print)
        try await runtime.install(self, script: script, found: found)
        if onlyDescribing { await runtime.endAtFirstWait() }
        return try await runtime.run(
            script.source, chunkName: script.directory == nil ? "=\(script.name)" : "@\(script.name)",
            arguments: script.arguments.map { .string($0) })
    }
}

extension LuaRuntime {
    /// Puts the modules and globals of a run in place. Modules are made when a script first requires them.
    func install(
        _ host: ScriptHost, script: Script, found: @escaping @Sendable (RecipeDescription) -> Bool
    ) throws {
        let auth0 = Auth0Module(settings: host.tenant, options: host.options, permissions: host.permissions)
        let operation = register(auth0.operationFunction)
        let recipe = RecipeModule(found: found, print: host.print)
        let modules = ModuleSearch(directory: script.directory)
        let files = FilesModule(permissions: host.permissions)
        let permissions = host.permissions
        try withStack { stack in
            try stack.pushTable()
            try stack.keep("mark")
        }
        try pushHostTable(recipe.functions)
        try withStack { stack in try stack.keep("recipe") }
        try pushHostTable(auth0.functions(operation))
        try withStack { stack in
            try stack.load(Prelude.page, chunkName: "=luath")
            try stack.setField("page")
            try stack.keep("auth0")
        }
        try pushHostTable(TasksModule.functions)
        try addTaskFunctions()
        try withStack { stack in try stack.keep("tasks") }
        try pushHostTable(files.functions)
        try withStack { stack in try stack.keep("fs") }
        let searcher = register(
            HostFunction("searcher") { call in
                let name = call.string(1) ?? ""
                if try pushBuiltIn(name, on: call.stack) { return .values(2) }
                let module = try modules.find(name)
                try call.stack.load(module.source, chunkName: "@\(module.path)")
                try call.stack.push(module.path)
                return .values(2)
            })
        let exit = register(
            HostFunction("exit") { call in
                switch call.type(1) {
                case .none, .nil: return .exit(0)
                case .boolean: return .exit(call.value(1).boolean == true ? 0 : 1)
                default:
                    guard let status = call.integer(1) else { throw LuaError.argument("os.exit takes a whole number") }
                    return .exit(Int32(truncatingIfNeeded: status & 0xff))
                }
            })
        let getenv = register(
            HostFunction("getenv") { call in
                guard let name = call.string(1) else { throw LuaError.argument("os.getenv takes a name") }
                guard permissions.environmentNames.contains(name) else {
                    throw LuaError(
                        name: "PermissionError", kind: "permission",
                        message: "the environment variable '\(name)' is not allowed in this run",
                        fields: [("hint", .string("allow it with --allow-env=\(name)"))])
                }
                guard let value = ProcessInfo.processInfo.environment[name] else { return .values(0) }
                try call.stack.push(value)
                return .values(1)
            })
        let arguments = [script.name] + script.arguments
        try withStack { stack in
            try stack.push(searcher)
            try stack.keep("searcher")
            try stack.pushGlobal("os")
            try stack.push(exit)
            try stack.setField("exit")
            try stack.push(getenv)
            try stack.setField("getenv")
            stack.pop()
            try stack.pushTable(list: arguments.count)
            for (position, argument) in arguments.enumerated() {
                try stack.push(argument)
                try stack.setIndex(position)
            }
            try stack.setGlobal("arg")
            try stack.load(Prelude.main, chunkName: "=luath")
            try stack.push("main")
            try stack.pushKept("recipe")
            try stack.call(arguments: 2, results: 1)
            try stack.keep("main")
        }
    }

    /// A module's host functions, with the mark of recipes beside them.
    private func pushHostTable(_ functions: [HostFunction]) throws {
        try pushFunctions(functions)
        try withStack { stack in
            try stack.pushKept("mark")
            try stack.setField("mark")
        }
    }
}

/// Pushes the loader of one of Luath's own modules and what to call it with; false for other names.
private func pushBuiltIn(_ name: String, on stack: LuaStack) throws -> Bool {
    let source: [UInt8]
    switch name {
    case "auth0": source = Prelude.auth0
    case "tasks": source = Prelude.tasks
    case "recipe": source = Prelude.recipe
    case "fs": source = Prelude.fs
    default: return false
    }
    try stack.load(source, chunkName: "=luath")
    try stack.pushKept(name)
    return true
}
