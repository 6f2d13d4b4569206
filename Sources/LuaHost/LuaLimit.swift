// The error of a limit: which one it was, its value, and how to raise it.

/// A limit that a run went over.
enum LuaLimit: Sendable, Equatable {
    case memory, busyTime, deadline, tasks, callsInFlight, output

    func error(_ limits: LuaLimits) -> LuaError {
        func error(_ name: String, _ message: String, _ raise: String) -> LuaError {
            LuaError(name: name, kind: "limit", message: message, fields: [("hint", .string(raise))])
        }
        func raise(_ option: String, _ property: String) -> String {
            "raise the limit with \(option), in Swift with LuaLimits.\(property)"
        }
        switch self {
        case .memory:
            return error(
                "MemoryError",
                "the script needs more than the \(Self.text(limits.memoryBytes)) of memory that it may use",
                raise("--max-memory", "memoryBytes"))
        case .busyTime:
            return error(
                "BusyError", "the script ran for more than \(limits.busyTime ?? .zero) without waiting for anything",
                raise("--max-busy", "busyTime"))
        case .deadline:
            return error(
                "DeadlineError", "the run took longer than its deadline of \(limits.deadline ?? .zero)",
                raise("--deadline", "deadline"))
        case .tasks:
            return error(
                "TaskLimitError", "the script has more than \(limits.tasks) tasks at once",
                "use tasks.map, or \(raise("--max-tasks", "tasks"))")
        case .callsInFlight:
            return error(
                "CallLimitError", "the script has more than \(limits.callsInFlight) calls in flight at once",
                "use tasks.map with a concurrency, or in Swift raise LuaLimits.callsInFlight")
        case .output:
            return error(
                "OutputLimitError", "the script printed more than \(Self.text(limits.outputBytes))",
                raise("--max-output", "outputBytes"))
        }
    }

    private static func text(_ bytes: Int) -> String {
        for (unit, name) in [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")] where bytes >= unit {
            if bytes % unit == 0 { return "\(bytes / unit) \(name)" }
        }
        return "\(bytes) bytes"
    }
}

/// Why a run ends before its script does.
enum RunStop: Sendable, Equatable {
    case limit(LuaLimit)
    /// The Swift task of the run was cancelled.
    case cancelled

    func error(_ limits: LuaLimits) -> LuaError {
        switch self {
        case .limit(let limit): limit.error(limits)
        case .cancelled: .cancelled
        }
    }

    func grace(_ limits: LuaLimits) -> Duration {
        self == .cancelled ? limits.grace : RunClock.limitGrace
    }

    /// How far the end of a run has come.
    enum Level: Int, Sendable, Comparable {
        /// Waits end with an error, and clean-up runs.
        case orderly
        /// Clean-up is interrupted too.
        case forced
        /// No code of the run goes on.
        case halted
        static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }
}
