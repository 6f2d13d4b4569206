// Exit statuses, which scripts and CI act on, and what an error's kind makes of them.

import ArgumentParser
import LuaHost

/// The statuses of the contract.
enum ExitStatus: Int32 {
    case done = 0
    case script = 1
    case usage = 2
    case configuration = 3
    case api = 4
    case limit = 5
    case refused = 7
    case interrupted = 130
    case terminated = 143

    /// Ends the command with a status after its message has been written.
    struct End: Error { let status: Int32 }
    var end: End { End(status: rawValue) }

    /// The status for the `kind` of an error; nil is a plain Lua error.
    init(kind: String?) {
        self =
            switch kind {
            case "usage": .usage
            case "config": .configuration
            case "api", "network", "timeout", "parse": .api
            case "limit": .limit
            case "permission", "plan": .refused
            default: .script
            }
    }
}
