// The functions of `os` that concern the run: its end, and the environment that it was allowed to see.

import LuaHost

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct OSFunctions: Sendable {
    let permissions: Permissions

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
    }
}
