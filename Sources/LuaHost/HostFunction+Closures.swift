// Closures over plain values as functions of scripts; who needs the stack itself uses `HostFunction.init`.

extension HostFunction {
    /// A function that answers at once.
    ///
    /// - Parameters:
    ///   - name: as the script calls it.
    ///   - body: runs on the script's thread. What it throws is raised in the script: a `LuaError` or
    ///     `LuaErrorConvertible` as it is, anything else by the name of its type, as it may hold what a script must not see.
    public static func sync(
        _ name: String, _ body: @escaping @Sendable (LuaArguments) throws -> LuaValue
    ) -> HostFunction {
        HostFunction(name) { call in
            try call.stack.push(try body(LuaArguments(function: name, values: call.values)))
            return .values(1)
        }
    }

    /// A function that the script waits for while its other tasks run on.
    ///
    /// - Parameters:
    ///   - name: as the script calls it.
    ///   - body: its task is cancelled when the wait or the run is. Errors as in `sync`.
    public static func async(
        _ name: String, _ body: @escaping @Sendable (LuaArguments) async throws -> LuaValue
    ) -> HostFunction {
        HostFunction(name) { call in
            let arguments = LuaArguments(function: name, values: call.values)
            return .wait { .value(try await body(arguments)) }
        }
    }
}

extension LuaCall {
    /// Copies of all arguments.
    fileprivate var values: [LuaValue] { (0..<count).map { value($0 + 1) } }
}
