// Why a host call may not wait.

import CLuaBridge

extension LuaError {
    static let deadlock = LuaError(
        name: "DeadlockError", kind: "script", message: "every task waits for another one and nothing is in flight")

    static let circle = LuaError(
        name: "DeadlockError", kind: "script",
        message: "a task cannot await itself, a task that waits for it, or one that it was started by")

    /// Names the place of a call that Lua cannot suspend.
    static func cannotWait(_ state: OpaquePointer) -> LuaError {
        luath_push_cannot_wait(state)
        var length = 0
        let place = String(decodingBytes: luath_describe(state, -1, &length), count: length)
        luath_settop(state, -2)
        return LuaError(
            name: "CannotWaitError", kind: "argument",
            message: "a call that waits for an answer cannot be made inside \(place)",
            fields: [("hint", .string("make the call before and pass its result in"))])
    }
}

extension ScriptError {
    /// The end of a script that caught its cancellation again and again.
    static let wentOn = ScriptError(
        message: "CancelledError: the script went on after it was cancelled", kind: "cancelled", name: "CancelledError",
        statusCode: nil, traceback: "")
}
