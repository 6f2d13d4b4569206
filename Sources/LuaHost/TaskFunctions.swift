// What the module `tasks` is built on: starting, waking, cancelling and waiting for other tasks.

extension HostFunction {
    /// `start(fn, ...)` gives a task's number, `hold()` and `join()` wait until `wake(task)`, `cancel(task)` ends a task's
    /// wait with a `CancelledError`, except in `join()`, and `current()` is the caller's number.
    public static var taskFunctions: [HostFunction] {
        [
            HostFunction("start") { call in
                let task = try Scheduler.of(call.stack.state).startTask(from: call)
                try call.stack.push(Int64(task))
                return .values(1)
            },
            HostFunction("current") { call in
                try call.stack.push(Int64(Scheduler.of(call.stack.state).current))
                return .values(1)
            },
            HostFunction("wake") { call in
                Scheduler.of(call.stack.state).wake(Int(call.integer(1) ?? 0))
                return .values(0)
            },
            HostFunction("cancel") { call in
                Scheduler.of(call.stack.state).cancel(Int(call.integer(1) ?? 0))
                return .values(0)
            },
            HostFunction("hold") { _ in .hold },
            HostFunction("join") { _ in .join },
        ]
    }
}
