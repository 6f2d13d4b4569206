// The error of a run that its host ends, with the place where the script was.

import CLuaBridge

extension ScriptError {
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
