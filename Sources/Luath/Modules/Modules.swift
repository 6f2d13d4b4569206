// What a run finds in its state: `require`, the main function, `arg`. A module costs nothing until it is required.

import LuaHost

/// The modules of one run.
struct Modules: Sendable {
    private let host: ScriptHost
    private let own: ModuleSearch
    private let recipe: RecipeModule
    private let prefetches = Prefetches()
    /// One for all generations of the module, so that they share the run's token.
    private let auth0: Auth0Module

    /// - Parameter found: gets the description of the recipe that the script gives back; false keeps it from being run.
    init(host: ScriptHost, directory: String?, found: @escaping @Sendable (RecipeDescription) -> Bool) {
        self.host = host
        own = ModuleSearch(directory: directory)
        recipe = RecipeModule(found: found, print: host.print)
        auth0 = Auth0Module(
            settings: host.tenant, options: host.options, permissions: host.permissions, prefetches: prefetches)
    }

    /// - Parameter arguments: of the script, its name first.
    func install(on stack: LuaStack, arguments: [String]) throws {
        try stack.push(HostFunction("searcher", search))
        try stack.keep("searcher")
        try stack.pushGlobal("os")
        try stack.setFields(OSFunctions(permissions: host.permissions).functions)
        stack.pop()
        try stack.pushTable(list: arguments.count)
        for (position, argument) in arguments.enumerated() {
            try stack.push(argument)
            try stack.setIndex(position)
        }
        try stack.setGlobal("arg")
        // Marks the tables that `recipe` has checked.
        try stack.pushTable()
        try stack.keep("mark")
        try stack.load(Prelude.main, chunkName: "=luath")
        try stack.push("main")
        try pushMarked([recipe.parameters], on: stack)
        try stack.call(arguments: 2, results: 1)
        try stack.keep("main")
    }

    /// Ends what the run has left behind.
    func end() async { await prefetches.end() }

    /// `searcher(name)`: a loader, and what to call it with.
    private func search(_ call: LuaCall) throws -> HostFunction.Reply {
        let name = call.string(1) ?? "", stack = call.stack
        let source: [UInt8]
        switch name {
        case "auth0": source = Prelude.auth0
        case "auth0.v2", "auth0.v4": source = Prelude.legacy
        case "fs": source = Prelude.fs
        case "recipe": source = Prelude.recipe
        case "tasks": source = Prelude.tasks
        default:
            let module = try own.find(name)
            try stack.load(module.source, chunkName: "@\(module.path)")
            try stack.push(module.path)
            return .values(2)
        }
        try stack.load(source, chunkName: "=luath")
        try pushHost(of: name, on: stack)
        return .values(2)
    }

    /// The functions in Swift that the Lua part of a module is built on.
    private func pushHost(of name: String, on stack: LuaStack) throws {
        switch name {
        case "auth0":
            let run = stack.register(auth0.operationFunction)
            try stack.pushTable(of: auth0.functions(run, stack.register(auth0.prepareFunction)))
            for (name, part) in [("page", Prelude.page), ("events", Prelude.events), ("all_users", Prelude.allUsers)] {
                try stack.load(part, chunkName: "=luath")
                try stack.setField(name)
            }
        case "auth0.v2", "auth0.v4":
            let run = stack.register(auth0.operationFunction), legacy = LegacyModule(auth0)
            try stack.pushTable(
                of: auth0.functions(run, stack.register(auth0.prepareFunction))
                    + legacy.functions(run, stack.register(legacy.sendFunction)))
        case "fs": try stack.pushTable(of: FilesModule(host.permissions).functions)
        case "tasks":
            try stack.pushTable(of: TasksModule.functions + HostFunction.taskFunctions)
            try stack.pushKept("pcall")
            try stack.setField("pcall")
        default: try pushMarked([recipe.nearest], on: stack)
        }
    }

    private func pushMarked(_ functions: [HostFunction], on stack: LuaStack) throws {
        try stack.pushTable(of: functions)
        try stack.pushKept("mark")
        try stack.setField("mark")
    }
}
