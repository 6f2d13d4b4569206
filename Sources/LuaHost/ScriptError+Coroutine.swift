// What is left of a script that failed, read from its coroutine.

import CLuaBridge

extension ScriptError {
    /// - Parameters:
    ///   - coroutine: one that failed, its error value on top of its stack.
    ///   - state: the main coroutine of the same state, which runs the traceback.
    ///   - message: what to say in place of the error value.
    init(of coroutine: OpaquePointer, state: OpaquePointer, message: String?) {
        var length = 0
        let text = message ?? String(decodingBytes: luath_describe(coroutine, -1, &length), count: length)
        let call = LuaCall(state: coroutine), top = call.count
        let isTable = message == nil && call.type(top) == .table
        func field(_ name: String) -> LuaValue { isTable ? call.field(name, of: top) : .nil }
        // A table that a script raised and that does not say how to show it: its message is better than its address.
        let own = text.hasPrefix("table: ") ? field("message").string : nil
        let trace = field("traceback").string ?? Self.kept(state, coroutine)
        self.init(
            message: own ?? text, kind: field("kind").string, name: field("name").string,
            statusCode: field("status_code").integer.map { Int($0) },
            traceback: trace ?? String(decodingBytes: luath_traceback(state, coroutine, &length), count: length))
    }

    /// The trace from before the task's stack was unwound.
    private static func kept(_ state: OpaquePointer, _ coroutine: OpaquePointer) -> String? {
        guard luath_push_trace(state, coroutine) else { return nil }
        defer { luath_settop(state, -2) }
        return LuaStack(state: state).string(-1)
    }

    /// A run that ends early.
    ///
    /// - Parameter coroutine: where the script was.
    init(_ stop: RunStop, _ limits: LuaLimits, state: OpaquePointer, at coroutine: OpaquePointer?) {
        let error = stop.error(limits)
        var length = 0
        var position = stop == .limit(.memory) ? luath_memory_refused(state).map { String(cString: $0) } : nil
        var trace = ""
        if let coroutine {
            trace = String(decodingBytes: luath_traceback(state, coroutine, &length), count: length)
            position = position ?? Self.position(in: coroutine)
        }
        self.init(error, position: position, traceback: trace)
    }

    /// An error of the host that ends a run.
    init(_ error: LuaError, position: String?, traceback: String = "") {
        let hint = error.fields.first { $0.key == "hint" }?.value.string
        self.init(
            message: error.description + (hint.map { " (\($0))" } ?? ""), kind: error.kind, name: error.name,
            statusCode: nil, traceback: traceback)
        stoppedAt = position.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func position(in coroutine: OpaquePointer) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(LUATH_POSITION_SIZE)) { text in
            luath_position(coroutine, text.baseAddress!, text.count) ? String(cString: text.baseAddress!) : nil
        }
    }
}
