// What Swift gives to Lua: functions that answer at once, or later.

/// A Swift function that scripts can call.
public struct HostFunction: Sendable {
    /// Names a registered function on the stack.
    public struct ID: Sendable, Hashable { let number: Int32 }

    /// What a function answers.
    public enum Reply {
        /// That many results are on the stack.
        case values(Int)
        /// The script's coroutine waits until the operation has an answer. It runs on the Lua thread unless it goes elsewhere.
        case wait(Operation)
        /// The script ends in order with this exit status.
        case exit(Int32)
        /// The task waits until another one wakes it.
        case hold
        /// The task waits until that one is over.
        case await(Int)
        /// As `await`, and a cancellation does not end the wait: for tasks that are cancelled along with this one.
        case join(Int)
    }
    public typealias Operation = nonisolated(nonsending) @Sendable () async throws -> HostAnswer

    /// As scripts call it.
    public let name: String
    let body: @Sendable (LuaCall) throws -> Reply

    /// - Parameters:
    ///   - name: as the script calls it; for messages.
    ///   - body: runs on the Lua thread. What it throws is raised in the script.
    public init(_ name: String, _ body: @escaping @Sendable (LuaCall) throws -> Reply) {
        self.name = name
        self.body = body
    }
}

/// The results of a host call that waited.
public struct HostAnswer: Sendable {
    let push: @Sendable (LuaStack) throws -> Int

    /// - Parameter push: pushes the results and returns how many; runs on the Lua thread.
    public init(push: @escaping @Sendable (LuaStack) throws -> Int) { self.push = push }

    public static let nothing = HostAnswer { _ in 0 }
    public static func value(_ value: LuaValue) -> HostAnswer {
        HostAnswer { stack in
            try stack.push(value)
            return 1
        }
    }
}
