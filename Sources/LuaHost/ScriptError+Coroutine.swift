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
        let trace = field("traceback").string
        self.init(
            message: own ?? text, kind: field("kind").string, name: field("name").string,
            statusCode: field("status_code").integer.map { Int($0) },
            traceback: trace ?? String(decodingBytes: luath_traceback(state, coroutine, &length), count: length))
    }
}
