// A module that a Swift program gives to its scripts.

import LuaHost

/// Functions and values that a script gets with `require`; each run gets a table of its own.
///
/// ```swift
/// host.modules["inventory"] = HostModule(
///     functions: [
///         .sync("label") { "item \(try $0.string(1))" },
///         .async("stock") { .integer(try await store.stock(of: try $0.string(1))) },
///     ],
///     values: ["warehouse": "north", "limits": ["daily": 500]])
/// ```
public struct HostModule: Sendable {
    public var functions: [HostFunction]
    public var values: [String: LuaValue]

    public init(functions: [HostFunction] = [], values: [String: LuaValue] = [:]) {
        self.functions = functions
        self.values = values
    }

    /// - Throws: `LuaError` of kind `host` for a name that scripts cannot have, or that Luath's own modules have.
    func check(_ name: String) throws(LuaError) {
        func problem(_ text: String) -> LuaError {
            LuaError(name: "ConfigurationError", kind: "host", message: "the host's module '\(name)' \(text)")
        }
        if name.isEmpty || Modules.names.contains(name) { throw problem("has the name of a module of Luath's own") }
        let names = functions.map(\.name) + values.keys
        if let twice = Dictionary(grouping: names, by: \.self).first(where: { $0.value.count > 1 })?.key {
            throw problem("has '\(twice)' twice")
        }
    }

    /// Pushes a function that gives the module's table.
    func pushLoader(on stack: LuaStack) throws {
        try stack.push(
            HostFunction("loader") { call in
                try call.stack.pushTable(of: functions)
                for (name, value) in values { try call.stack.setField(name, to: value) }
                return .values(1)
            })
    }
}
