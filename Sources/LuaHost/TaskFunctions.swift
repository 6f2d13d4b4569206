// What the module `tasks` is built on: starting, waking, cancelling and waiting for other tasks.

import CLuaBridge

extension HostFunction {
    /// - `start(parent, is_shielded, fn, ...)` gives the number of a new task and where the script started it. The task
    ///   belongs to `parent`: that one is not over before it, and takes it along when it is cancelled or fails.
    /// - `current()` is the caller's number.
    /// - `cancel(task)` ends the task's wait with a `CancelledError`, and every later one; also of the tasks that it
    ///   started, except shielded ones. False when the task is over, or failed before.
    /// - `hold()` waits until `wake(task)`, `await(task)` until that task is over, `join(task)` so too, but a cancellation
    ///   does not end that wait. `may_wait()` raises where a call cannot wait.
    /// - `keep_ended(fn, module)` has `fn(number, is_awaited, trace, worked, ...)` called when a task is over; see
    ///   `luath_task_tell`. `kept()` gives the module, for a script that has it loaded again.
    public static var taskFunctions: [HostFunction] {
        [
            HostFunction("start") { call in
                let scheduler = Scheduler.of(call.stack.state)
                let site = position(call.stack.state)
                let task = try scheduler.startTask(
                    from: call, first: 3, parent: Int(call.integer(1) ?? 0),
                    isShielded: luath_boolean(call.stack.state, 2))
                try call.stack.push(Int64(task))
                if let site { try call.stack.push(site) } else { try call.stack.pushNil() }
                return .values(2)
            },
            HostFunction("current") { call in
                try call.stack.push(Int64(Scheduler.of(call.stack.state).current))
                return .values(1)
            },
            HostFunction("wake") { call in
                Scheduler.of(call.stack.state).wake(number(call))
                return .values(0)
            },
            HostFunction("cancel") { call in
                try call.stack.push(Scheduler.of(call.stack.state).cancel(number(call)))
                return .values(1)
            },
            HostFunction("may_wait") { call in
                try Scheduler.of(call.stack.state).mayWait(call.stack.state)
                return .values(0)
            },
            HostFunction("hold") { _ in .hold },
            HostFunction("await") { call in
                Scheduler.of(call.stack.state).isOver(number(call)) ? .values(0) : .await(number(call))
            },
            HostFunction("join") { call in
                Scheduler.of(call.stack.state).isOver(number(call)) ? .values(0) : .join(number(call))
            },
            HostFunction("keep_ended") { call in
                try call.stack.pushCopy(1)
                try call.stack.keep("ended")
                try call.stack.pushCopy(2)
                try call.stack.keep("tasks")
                return .values(0)
            },
            HostFunction("kept") { call in
                try call.stack.pushKept("tasks")
                return .values(1)
            },
        ]
    }

    private static func number(_ call: LuaCall) -> Int { Int(call.integer(1) ?? 0) }

    /// The nearest line of the script itself.
    private static func position(_ state: OpaquePointer) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { text in
            guard luath_position(state, text.baseAddress!, text.count) else { return nil }
            return String(cString: text.baseAddress!)
        }
    }
}
