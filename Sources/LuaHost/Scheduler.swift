// Which task runs next. Pure bookkeeping around the C bridge: it starts no Swift task and does no I/O, so the runtime
// is the only place with effects.

import CLuaBridge

/// The tasks of one Lua state. Touched on the state's thread only: by the runtime's actor, and by host functions, which
/// Lua calls there and which find it through their state.
final class Scheduler {
    typealias Answer = Result<HostAnswer, any Error>

    /// A host call that the runtime has to carry out.
    struct Wait {
        let id: Int
        let operation: HostFunction.Operation
    }

    private enum Pending { case wait(LuaTask.Reason, HostFunction.Operation?), end }

    private(set) var state: OpaquePointer!
    private let print: @Sendable (UnsafeRawBufferPointer) -> Void
    private var functions: [HostFunction] = []
    private var tasks = TaskTree()
    private var taskOfWait: [Int: Int] = [:]
    private var ready: [(task: Int, wait: Int, answer: Answer?)] = []
    private var waits: [Wait] = []
    private var cancelledWaits: [Int] = []
    private var pending: Pending?
    private(set) var current = 0
    private var numbers = 0
    private var main = 0
    /// Shields hold nothing off any more.
    private var breaksShields = false
    /// The state is being closed: finalizers of the script run, and may not call the host any more.
    private var isClosing = false
    /// The first wait ends the run: the script is only asked what it is.
    var endsAtFirstWait = false
    /// Deadlocks in a row; a script that only catches the error and waits again is ended.
    private var deadlocks = 0
    private static let mostRefusals = 100
    private var handles: [Int64: any Sendable] = [:]
    /// Collected handles; let go of outside the collector.
    private var released: [Int64] = []
    private(set) var outcome: Result<RunOutcome, ScriptError>?
    let limits: LuaLimits
    private(set) var watch: RunWatch!
    /// Why the run ends before its script does.
    private(set) var ending: ScriptError?
    private var printedBytes = 0

    init(
        limits: LuaLimits, interruption: LuaInterruption, print: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
    ) throws {
        self.print = print
        self.limits = limits
        var callbacks = luath_callbacks()
        callbacks.context = Unmanaged.passUnretained(self).toOpaque()
        callbacks.call = { context, state, function in
            Unmanaged<Scheduler>.fromOpaque(context!).takeUnretainedValue().call(state!, Int(function))
        }
        callbacks.print = { context, bytes, count in
            Unmanaged<Scheduler>.fromOpaque(context!).takeUnretainedValue()
                .output(UnsafeRawBufferPointer(start: bytes, count: count))
        }
        callbacks.released = { context, handle in
            Unmanaged<Scheduler>.fromOpaque(context!).takeUnretainedValue().released.append(handle)
        }
        callbacks.interrupted = { context, state in
            Unmanaged<Scheduler>.fromOpaque(context!).takeUnretainedValue().interrupted(state!)
        }
        var settings = luath_settings(memory_bytes: max(limits.memoryBytes, 0), signal: 0)
        if case .signal(let number) = interruption { settings.signal = number }
        guard let state = luath_open(&callbacks, &settings) else {
            throw LuaError(
                name: "MemoryError", kind: "limit", message: "no memory for a Lua state, or no such signal")
        }
        self.state = state
        watch = RunWatch(state: state, limits: limits)
    }

    deinit {
        isClosing = true
        if let state { luath_close(state) }
    }

    func add(_ function: HostFunction) -> HostFunction.ID {
        functions.append(function)
        return HostFunction.ID(number: Int32(functions.count - 1))
    }

    static func of(_ state: OpaquePointer) -> Scheduler {
        Unmanaged<Scheduler>.fromOpaque(luath_context(state)!).takeUnretainedValue()
    }

    /// Keeps a host object until its handle in Lua is collected.
    func keep(_ object: any Sendable) -> Int64 {
        letGo()
        numbers += 1
        handles[Int64(numbers)] = object
        return Int64(numbers)
    }

    /// Lets go of the objects whose handles were collected.
    private func letGo() {
        if released.isEmpty { return }
        for handle in released { handles[handle] = nil }
        released.removeAll(keepingCapacity: true)
    }

    func object(_ handle: Int64) -> (any Sendable)? { handles[handle] }

    // MARK: Running

    /// Makes the main task of the function and `arguments` values on top of the stack.
    func begin(arguments: Int) throws {
        main = try newTask(from: state, arguments: arguments, parent: nil, isShielded: false).number
    }

    /// Runs tasks until each one waits or has ended.
    func drain() {
        var index = 0
        while outcome == nil {
            while index < ready.count && outcome == nil {
                let next = ready[index]
                index += 1
                deliver(next.answer, to: next.task, wait: next.wait)
            }
            ready.removeAll(keepingCapacity: true)
            index = 0
            guard outcome == nil else { return }
            if taskOfWait.isEmpty { raiseDeadlock() }
            if ready.isEmpty { return }
        }
    }

    /// Hands out the host calls that came up since the last time.
    func takeWaits() -> (start: [Wait], cancel: [Int]) {
        defer {
            waits.removeAll(keepingCapacity: true)
            cancelledWaits.removeAll()
        }
        return (waits, cancelledWaits)
    }

    /// Takes the outcome of a host call. Late answers, to calls that were cancelled, are dropped.
    func settle(_ wait: Int, _ answer: Answer) {
        guard let task = taskOfWait.removeValue(forKey: wait) else { return }
        deadlocks = 0
        tasks[task]?.refusals = 0
        ready.append((task, wait, answer))
    }

    /// Lets go of all tasks, the youngest first; their `<close>` variables run.
    func closeTasks() {
        for task in tasks.youngestFirst { luath_task_free(state, task.coroutine) }
        tasks.removeAll()
        taskOfWait = [:]
        ready = []
    }

    // MARK: Ending early

    /// Begins to end the run, or goes on with it at a later level.
    ///
    /// - Parameter place: the coroutine to name the script's line by; nil is the one that runs, or the main task.
    func stop(_ stop: RunStop, level: RunStop.Level = .orderly, at place: OpaquePointer? = nil) {
        if ending == nil {
            let main = tasks[main]
            let coroutine = place ?? luath_current(state) ?? main?.waiting ?? main?.coroutine
            if case .limit = stop { luath_set_ending(state) }
            ending = ScriptError(stop, limits, state: state, at: coroutine)
            watch.isEnding(stop)
            // Clean-up may wait after a cancellation, and not after a limit.
            if case .limit = stop { cancelAll(breakingShields: true) } else { cancelAll(breakingShields: level > .orderly) }
        } else if level == .forced {
            cancelAll(breakingShields: true)
        }
        if level == .halted {
            luath_halt(state)
            outcome = outcome ?? ending.map { .failure($0) }
        }
    }

    private func interrupted(_ state: OpaquePointer) -> luath_verdict {
        guard let request = watch.request else { return LUATH_GO_ON }
        stop(request.stop, level: request.level, at: state)
        if request.level == .halted { return LUATH_HALT }
        return request.stop == .cancelled && tasks[current]?.isCancelled == false ? LUATH_GO_ON : LUATH_STOP
    }

    private func exceeded(_ limit: LuaLimit, at place: OpaquePointer? = nil) -> LuaError {
        stop(.limit(limit), at: place)
        return limit.error(limits)
    }

    private func output(_ bytes: UnsafeRawBufferPointer) {
        printedBytes += bytes.count
        if printedBytes > limits.outputBytes { return stop(.limit(.output)) }
        print(bytes)
    }

    /// Ends every wait with a cancellation, now and from now on; with `breakingShields` those of clean-up too.
    func cancelAll(breakingShields: Bool) {
        if breakingShields { breaksShields = true }
        cancel(main)
    }

    // MARK: For TaskFunctions

    /// Starts the function and its arguments from position `first` of the call.
    func startTask(from call: LuaCall, first: Int, parent: Int, isShielded: Bool) throws -> Int {
        guard outcome == nil, let parent = tasks[parent] else {
            throw LuaError(
                name: "ClosedError", kind: "script", message: "the task that this one would belong to is over")
        }
        let arguments = call.count - first
        return try newTask(from: call.stack.state, arguments: arguments, parent: parent, isShielded: isShielded).number
    }

    func isOver(_ task: Int) -> Bool { tasks[task] == nil }

    func mayWait(_ state: OpaquePointer) throws { if !luath_can_wait(state) { throw LuaError.cannotWait(state) } }

    func wake(_ number: Int) {
        guard let task = tasks[number], task.waiting != nil, case .hold = task.reason else { return }
        ready.append((number, task.wait, .success(.nothing)))
    }

    /// Cancels a task and all that belong to it, except what is shielded.
    ///
    /// - Returns: false when the task is over, or failed by itself before.
    @discardableResult
    func cancel(_ number: Int) -> Bool {
        guard let task = tasks[number] else { return false }
        for task in tasks.family(of: task, where: { breaksShields || !$0.isShielded }) {
            task.isCancelled = true
            interrupt(task)
        }
        if tasks[current]?.isCancelled == true { luath_set_cancelled(state, true) }
        return task.end?.worked != false
    }

    private func interrupt(_ task: LuaTask) {
        guard task.waiting != nil else { return }
        switch task.reason {
        case .join: return
        case .hold, .await: break
        case .operation:
            taskOfWait[task.wait] = nil
            // A call that was not handed out yet must never be.
            if let index = waits.firstIndex(where: { $0.id == task.wait }) {
                waits.remove(at: index)
            } else {
                cancelledWaits.append(task.wait)
            }
            task.reason = .hold
        }
        ready.append((task.number, task.wait, .failure(LuaError.cancelled)))
    }

    // MARK: Steps

    private func newTask(from state: OpaquePointer, arguments: Int, parent: LuaTask?, isShielded: Bool) throws
        -> LuaTask
    {
        if tasks.count >= limits.tasks { throw exceeded(.tasks) }
        guard let coroutine = luath_task_new(state, Int32(arguments)) else {
            throw LuaError(name: "MemoryError", kind: "limit", message: "not enough memory for a task")
        }
        numbers += 1
        let task = LuaTask(
            number: numbers, coroutine: coroutine, parent: parent?.number ?? 0, isShielded: isShielded,
            isCancelled: parent?.isCancelled == true && (breaksShields || !isShielded))
        tasks.insert(task)
        ready.append((numbers, 0, nil))
        return task
    }

    private func deliver(_ answer: Answer?, to number: Int, wait: Int) {
        guard let task = tasks[number], task.wait == wait else { return }
        guard let answer else {
            // A task that is cancelled before it starts never does.
            guard task.isCancelled else { return resume(task) }
            let error = push(.failure(LuaError.cancelled))
            _ = luath_task_answer(state, task.coroutine, Int32(error.count), true)
            return functionEnded(task, worked: false, count: 1)
        }
        guard let waiting = task.waiting else { return }
        if let awaited = task.awaited { tasks[awaited]?.waiters.removeAll { $0 == number } }
        task.waiting = nil
        let (count, isError) = push(answer)
        guard luath_task_answer(state, waiting, Int32(count), isError) else {
            return abort("stack overflow (too many results)", at: task)
        }
        resume(task)
    }

    private func push(_ answer: Answer) -> (count: Int, isError: Bool) {
        let stack = LuaStack(state: state)
        let top = luath_top(state)
        do {
            return (try answer.get().push(stack), false)
        } catch {
            luath_settop(state, top)
            pushError(error, on: stack)
            return (1, true)
        }
    }

    private func resume(_ task: LuaTask) {
        var waiting: OpaquePointer?
        var count: Int32 = 0
        current = task.number
        pending = nil
        luath_set_cancelled(state, task.isCancelled)
        let status = luath_task_resume(state, task.coroutine, &waiting, &count)
        luath_set_cancelled(state, false)
        current = 0
        if ending == nil, luath_is_ending(state) { stop(.limit(.memory), at: task.coroutine) }
        letGo()
        switch status {
        case LUATH_WAITING: suspend(task, waiting)
        case LUATH_DONE: functionEnded(task, worked: true, count: Int(count))
        default: functionEnded(task, worked: false, count: 1)
        }
    }

    private func suspend(_ task: LuaTask, _ waiting: OpaquePointer?) {
        // After `os.exit` the outcome is set and the task is never resumed.
        guard case .wait(let reason, let operation) = pending else { return }
        pending = nil
        numbers += 1
        task.wait = numbers
        task.waiting = waiting
        task.reason = reason
        if let operation {
            taskOfWait[numbers] = task.number
            waits.append(Wait(id: numbers, operation: operation))
        }
        if let awaited = task.awaited { tasks[awaited]?.waiters.append(task.number) }
    }

    private func functionEnded(_ task: LuaTask, worked: Bool, count: Int) {
        task.end = (worked, count)
        if !worked {
            for child in task.children.sorted(by: >) { cancel(child) }
        }
        var next: LuaTask? = task
        while let task = next, let end = task.end, task.children.isEmpty, outcome == nil {
            next = tasks[task.parent]
            close(task, end.worked, end.count)
        }
    }

    /// The task is over: its function and all tasks that it started have ended.
    private func close(_ task: LuaTask, _ worked: Bool, _ count: Int) {
        let isMain = task.number == main, top = luath_top(state)
        defer { luath_settop(state, top) }
        let results = isMain && worked ? results(of: task.coroutine, count: count) : []
        tasks.remove(task)
        let isTold = luath_task_tell(
            state, task.coroutine, Int64(task.number), !task.waiters.isEmpty, worked, Int32(count))
        luath_task_free(state, task.coroutine)
        for waiter in task.waiters {
            if let waiter = tasks[waiter] { ready.append((waiter.number, waiter.wait, .success(.nothing))) }
        }
        if !isTold {
            outcome = .failure(ScriptError(at: -1, trace: nil, of: state))
        } else if !luath_boolean(state, -3) {
            outcome = .failure(ScriptError(at: -2, trace: LuaStack(state: state).string(-1), of: state))
        } else if isMain {
            outcome = .success(.finished(results))
        }
        if case .failure(let error) = outcome, luath_memory_refused(state) != nil,
            error.message.contains("not enough memory")
        {
            stop(.limit(.memory))
        }
    }

    private func results(of coroutine: OpaquePointer, count: Int) -> [LuaValue] {
        let call = LuaCall(state: coroutine)
        return (0..<count).map { call.value(call.count - count + $0 + 1) }
    }

    /// Every task waits for another one: one of them is told so where it waits.
    private func raiseDeadlock() {
        guard let task = tasks.firstBlocked else { return }
        deadlocks += 1
        if deadlocks > Self.mostRefusals { return abort(LuaError.deadlock.description, at: task) }
        ready.append((task.number, task.wait, .failure(LuaError.deadlock)))
    }

    /// Ends the run where a task stands.
    private func abort(_ message: String, at task: LuaTask) {
        var length = 0
        let trace = String(decodingBytes: luath_traceback(state, task.coroutine, &length), count: length)
        outcome = .failure(ScriptError(message: message, kind: nil, name: nil, statusCode: nil, traceback: trace))
    }

    // MARK: Calls from Lua

    private func call(_ state: OpaquePointer, _ function: Int) -> luath_reply {
        let call = LuaCall(state: state)
        do {
            if isClosing { throw LuaError(name: "ClosedError", kind: "script", message: "the run has ended") }
            switch try functions[function].body(call) {
            case .values(let count): return luath_reply(disposition: LUATH_RETURN, count: Int32(count))
            case .wait(let operation): return try suspend(.operation, operation, on: state)
            case .hold: return try suspend(.hold, on: state)
            case .await(let task): return try suspend(.await(task), on: state)
            case .join(let task): return try suspend(.join(task), on: state)
            case .exit(let status):
                if ending != nil { throw LuaError.cancelled }
                try mayWait(state)
                outcome = .success(.exited(status))
                return end()
            }
        } catch {
            pushError(error, on: call.stack)
            return luath_reply(disposition: LUATH_ERROR, count: 1)
        }
    }

    private func suspend(
        _ reason: LuaTask.Reason, _ operation: HostFunction.Operation? = nil, on state: OpaquePointer
    ) throws -> luath_reply {
        try mayWait(state)
        if endsAtFirstWait {
            outcome = .success(.finished([]))
            return end()
        }
        if operation != nil, taskOfWait.count >= limits.callsInFlight { throw exceeded(.callsInFlight, at: state) }
        pending = .wait(reason, operation)
        guard let task = tasks[current] else { throw LuaError.cannotWait(state) }
        switch reason {
        case .await(let other) where tasks.isCircle(task, awaiting: other): throw LuaError.circle
        case .operation, .hold, .await: if task.isCancelled { try refuseWait(task) }
        case .join: break
        }
        return luath_reply(disposition: LUATH_AWAIT, count: 0)
    }

    /// Leaves the coroutine for good; the outcome has been set.
    private func end() -> luath_reply {
        pending = .end
        return luath_reply(disposition: LUATH_AWAIT, count: 0)
    }

    private func refuseWait(_ task: LuaTask) throws {
        task.refusals += 1
        if task.refusals <= Self.mostRefusals { throw LuaError.cancelled }
        outcome = .failure(.wentOn)
        pending = .end
    }

    private func pushError(_ error: any Error, on stack: LuaStack) {
        do { try stack.push(error) } catch { luath_push_nil(stack.state) }
    }
}
