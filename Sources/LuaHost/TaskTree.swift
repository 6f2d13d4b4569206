// Which task belongs to which, and what follows from that for cancelling and for waiting.

/// The tasks of a state that are not over, by their numbers.
struct TaskTree {
    private var tasks: [Int: LuaTask] = [:]

    subscript(number: Int) -> LuaTask? { tasks[number] }
    var count: Int { tasks.count }
    /// The youngest first: what was opened last is closed first.
    var youngestFirst: [LuaTask] { tasks.values.sorted { $0.number > $1.number } }

    mutating func insert(_ task: LuaTask) {
        tasks[task.number] = task
        tasks[task.parent]?.children.insert(task.number)
    }

    mutating func remove(_ task: LuaTask) {
        tasks[task.number] = nil
        tasks[task.parent]?.children.remove(task.number)
    }

    mutating func removeAll() { tasks = [:] }

    /// A task and all that belong to it, each after those that belong to it and the youngest first.
    ///
    /// - Parameter isIncluded: asked for each but the first; what belongs to one that is left out is left out too.
    func family(of task: LuaTask, where isIncluded: (LuaTask) -> Bool) -> [LuaTask] {
        var found = [task], index = 0
        while index < found.count {
            found += found[index].children.sorted().compactMap { tasks[$0] }.filter(isIncluded)
            index += 1
        }
        return found.reversed()
    }

    /// Whether a task that waits for another one would wait for itself.
    func isCircle(_ task: LuaTask, awaiting awaited: Int) -> Bool {
        var ancestor: LuaTask? = task
        while let next = ancestor {
            if next.number == awaited { return true }
            ancestor = tasks[next.parent]
        }
        var other = tasks[awaited]
        while let next = other {
            if next === task { return true }
            other = next.awaited.flatMap { tasks[$0] }
        }
        return false
    }

    /// When nothing is in flight: the oldest task whose wait can be ended with an error.
    var firstBlocked: LuaTask? {
        let blocked = tasks.values.filter {
            if case .join = $0.reason { return false }
            return $0.waiting != nil
        }
        return blocked.min { $0.number < $1.number }
    }
}
