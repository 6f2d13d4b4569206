// One task of a Lua state: its coroutine, what it waits for, and its place in the tree of tasks.

/// The scheduler's record of a task. Others are named by number, so that records hold no circles.
final class LuaTask {
    enum Reason {
        /// A host call that the runtime carries out.
        case operation
        /// `wake`.
        case hold
        /// The end of another task; a cancellation ends the wait too.
        case await(Int)
        /// The end of a task that this one started, which is cancelled along with it: the wait goes on until then.
        case join(Int)
    }

    let number: Int
    let coroutine: OpaquePointer
    /// The task that started it; it is not over before this one is. 0 for the main task.
    let parent: Int
    /// Tasks that it started and that are not over.
    var children: Set<Int> = []
    /// A cancellation of its parent does not reach it.
    let isShielded: Bool
    /// Every wait fails from now on.
    var isCancelled: Bool
    /// The coroutine whose host call waits; the task's own or one that it resumed.
    var waiting: OpaquePointer?
    var reason = Reason.hold
    /// Number of the wait that the task is in; an answer to an older one is dropped.
    var wait = 0
    /// Tasks that wait for this one's end, first come first.
    var waiters: [Int] = []
    /// Waits that were refused in a row, to a script that only catches the error and waits again.
    var refusals = 0
    /// Its function has ended with that many values, or failed with one; its children may still run.
    var end: (worked: Bool, count: Int)?

    init(number: Int, coroutine: OpaquePointer, parent: Int, isShielded: Bool, isCancelled: Bool) {
        self.number = number
        self.coroutine = coroutine
        self.parent = parent
        self.isShielded = isShielded
        self.isCancelled = isCancelled
    }

    /// The task whose end it waits for.
    var awaited: Int? {
        guard waiting != nil else { return nil }
        switch reason {
        case .await(let task), .join(let task): return task
        case .operation, .hold: return nil
        }
    }
}
