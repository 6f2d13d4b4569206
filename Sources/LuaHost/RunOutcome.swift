// How a script ended when it did not fail.

/// The end of a run without an error.
public enum RunOutcome: Sendable {
    /// The main chunk returned these values, and every task that it started has ended.
    case finished([LuaValue])
    /// The script called `os.exit` with this status.
    case exited(Int32)

    /// What the main chunk returned; empty after `os.exit`.
    public var values: [LuaValue] {
        if case .finished(let values) = self { values } else { [] }
    }
}
