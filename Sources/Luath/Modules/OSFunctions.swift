// The functions of `os` that concern the run: its end, and the environment that it was allowed to see.

import LuaHost

struct OSFunctions: Sendable {
    let environment: EnvironmentModule

    var functions: [HostFunction] { [HostFunction("exit", exit), HostFunction("getenv", getenv)] }

    private func exit(_ call: LuaCall) throws -> HostFunction.Reply {
        switch call.type(1) {
        case .none, .nil: return .exit(0)
        case .boolean: return .exit(call.value(1).boolean == true ? 0 : 1)
        default:
            guard let status = call.integer(1) else { throw LuaError.argument("os.exit takes a whole number") }
            return .exit(Int32(truncatingIfNeeded: status & 0xff))
        }
    }

    private func getenv(_ call: LuaCall) throws -> HostFunction.Reply {
        try call.stack.push(try environment.value(call, "os.getenv").value.map { .string($0) } ?? .nil)
        return .values(1)
    }
}
