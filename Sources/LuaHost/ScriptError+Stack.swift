// What is left of a script that failed, read from the stack.

import CLuaBridge

extension ScriptError {
    /// Reads the error value at an index from the top.
    ///
    /// - Parameters:
    ///   - index: -1 is the top.
    ///   - trace: where it was raised, for an error that does not know that itself.
    init(at index: Int32, trace: String?, of state: OpaquePointer) {
        var length = 0
        let text = String(decodingBytes: luath_describe(state, index, &length), count: length)
        let call = LuaCall(state: state), position = call.count + 1 + Int(index)
        func field(_ name: String) -> LuaValue { call.field(name, of: position) }
        // A table that a script raised and that does not say how to show it: its message is better than its address.
        let own = text.hasPrefix("table: ") ? field("message").string : nil
        self.init(
            message: own ?? text, kind: field("kind").string, name: field("name").string,
            statusCode: field("status_code").integer.map { Int($0) },
            traceback: field("traceback").string ?? trace ?? "")
    }
}
