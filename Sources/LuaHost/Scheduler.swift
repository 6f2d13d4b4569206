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

    private struct LuaTask {
        let coroutine: OpaquePointer
        /// The coroutine whose host call waits; the task's own or one that it resumed.
        var waiting: OpaquePointer?
        /// Number of the wait that the task is in; an answer to an older one is dropped.
        var wait = 0
        var isOperation = false
        /// Waits for tasks that it has cancelled, so its own cancellation waits too.
        var isJoining = false
        var isCancelled = false
    }

    private enum Pending { case operation(HostFunction.Operation), hold, join, end }

    private(set) var state: OpaquePointer!
    private let print: @Sendable (UnsafeRawBufferPointer) -> Void
    private var functions: [HostFunction] = []
    private var tasks: [Int: LuaTask] = [:]
    private var taskOfWait: [Int: Int] = [:]
    private var ready: [(task: Int, wait: Int, answer: Answer?)] = []
    private var waits: [Wait] = []
    private var cancelledWaits: [Int] = []
    private var pending: Pending?
    private(set) var current = 0
    private var numbers = 0
    private var main = 0
    private var mainResults: [LuaValue]?
    private var checksUnhandled = false
    /// The state is being closed: finalizers of the script run, and may not call the host any more.
    private var isClosing = false
    /// The first wait ends the run: the script is only asked what it is.
    var endsAtFirstWait = false
    /// Waits that were refused in a row; a script that only catches the error and waits again is ended.
    private var refusals = 0
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
        for handle in released { handles[handle] = nil }
        released.removeAll(keepingCapacity: true)
        numbers += 1
        handles[Int64(numbers)] = object
        return Int64(numbers)
    }

    func object(_ handle: Int64) -> (any Sendable)? { handles[handle] }

    // MARK: Running

    /// Makes the main task of the function and `arguments` values on top of the stack.
    func begin(arguments: Int) throws {
        main = try newTask(from: state, arguments: arguments)
        ready.append((main, 0, nil))
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
            if tasks.isEmpty {
                endRun()
            } else if taskOfWait.isEmpty {
                raiseDeadlock()
            }
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
        refusals = 0
        ready.append((task, wait, answer))
    }

    /// Lets go of all tasks; their `<close>` variables run.
    func closeTasks() {
        for task in tasks.values { luath_task_free(state, task.coroutine) }
        tasks = [:]
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
            cancelAll()
        } else if level == .forced {
            cancelAll()
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

    /// Ends every wait with a cancellation, now and from now on.
    func cancelAll() {
        for task in tasks.keys { cancel(task) }
    }

    // MARK: For TaskFunctions

    func startTask(from call: LuaCall) throws -> Int {
        let task = try newTask(from: call.stack.state, arguments: call.count - 1)
        ready.append((task, 0, nil))
        return task
    }

    func wake(_ task: Int) {
        guard let record = tasks[task], record.waiting != nil, !record.isOperation else { return }
        ready.append((task, record.wait, .success(.nothing)))
    }

    func cancel(_ task: Int) {
        guard var record = tasks[task] else { return }
        record.isCancelled = true
        if task == current { luath_set_cancelled(state, true) }
        if record.waiting != nil, !record.isJoining {
            if record.isOperation {
                taskOfWait[record.wait] = nil
                // A call that was not handed out yet must never be.
                if let index = waits.firstIndex(where: { $0.id == record.wait }) {
                    waits.remove(at: index)
                } else {
                    cancelledWaits.append(record.wait)
                }
                record.isOperation = false
            }
            ready.append((task, record.wait, .failure(LuaError.cancelled)))
        }
        tasks[task] = record
    }

    // MARK: Steps

    private func newTask(from state: OpaquePointer, arguments: Int) throws -> Int {
        if tasks.count >= limits.tasks { throw exceeded(.tasks) }
        guard let coroutine = luath_task_new(state, Int32(arguments)) else {
            throw LuaError(name: "MemoryError", kind: "limit", message: "not enough memory for a task")
        }
        numbers += 1
        tasks[numbers] = LuaTask(coroutine: coroutine)
        return numbers
    }

    private func deliver(_ answer: Answer?, to task: Int, wait: Int) {
        guard var record = tasks[task], record.wait == wait else { return }
        if let answer {
            guard let waiting = record.waiting else { return }
            let (count, isError) = push(answer)
            if !luath_task_answer(state, waiting, Int32(count), isError) {
                return fail(task, record, message: "stack overflow (too many results)")
            }
            record.waiting = nil
            record.isOperation = false
            record.isJoining = false
        } else if record.wait != 0 || record.waiting != nil {
            return
        } else if ending != nil {
            return end(task, record)
        }
        tasks[task] = record
        resume(task, record)
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

    private func resume(_ task: Int, _ record: LuaTask) {
        var waiting: OpaquePointer?
        var count: Int32 = 0
        let outer = current
        current = task
        pending = nil
        luath_set_cancelled(state, record.isCancelled)
        let status = luath_task_resume(state, record.coroutine, &waiting, &count)
        luath_set_cancelled(state, false)
        current = outer
        if ending == nil, luath_is_ending(state) { stop(.limit(.memory), at: record.coroutine) }
        switch status {
        case LUATH_WAITING: suspend(task, waiting)
        case LUATH_DONE:
            if task == main { mainResults = results(of: record.coroutine, count: Int(count)) }
            end(task, record)
        default: fail(task, record, message: nil)
        }
    }

    private func suspend(_ task: Int, _ waiting: OpaquePointer?) {
        guard var record = tasks[task] else { return }
        numbers += 1
        record.wait = numbers
        record.waiting = waiting
        if case .operation(let operation) = pending {
            record.isOperation = true
            taskOfWait[numbers] = task
            waits.append(Wait(id: numbers, operation: operation))
        }
        if case .join = pending { record.isJoining = true }
        // `os.exit`: the outcome is set and the task is never resumed.
        tasks[task] = record
        pending = nil
    }

    private func results(of coroutine: OpaquePointer, count: Int) -> [LuaValue] {
        let call = LuaCall(state: coroutine)
        return (0..<count).map { call.value(call.count - count + $0 + 1) }
    }

    private func end(_ task: Int, _ record: LuaTask) {
        luath_task_free(state, record.coroutine)
        tasks[task] = nil
    }

    private func fail(_ task: Int, _ record: LuaTask, message: String?) {
        let error = ScriptError(of: record.coroutine, state: state, message: message)
        if luath_memory_refused(state) != nil, error.message.contains("not enough memory") {
            stop(.limit(.memory), at: record.coroutine)
        }
        outcome = outcome ?? .failure(error)
        end(task, record)
    }

    /// All tasks have ended: asks the tasks module for a failure that nobody awaited, then sets the outcome.
    private func endRun() {
        let results = mainResults ?? []
        if !checksUnhandled {
            checksUnhandled = true
            let top = luath_top(state)
            if luath_push_kept(state, "unhandled"), luath_type_at(state, -1) == LUATH_FUNCTION,
                let task = try? newTask(from: state, arguments: 0)
            {
                ready.append((task, 0, nil))
                luath_settop(state, top)
                return
            }
            luath_settop(state, top)
        }
        outcome = .success(.finished(results))
    }

    /// Every task waits for another one: the main task, or any, is told so where it waits.
    private func raiseDeadlock() {
        guard let task = tasks[main] != nil ? main : tasks.keys.min(), let record = tasks[task] else { return }
        refusals += 1
        let deadlock = LuaError(
            name: "DeadlockError", kind: "script", message: "every task waits for another one and nothing is in flight")
        if refusals > Self.mostRefusals { return fail(task, record, message: deadlock.description) }
        ready.append((task, record.wait, .failure(deadlock)))
    }

    // MARK: Calls from Lua

    private func call(_ state: OpaquePointer, _ function: Int) -> luath_reply {
        let call = LuaCall(state: state)
        do {
            if isClosing { throw LuaError(name: "ClosedError", kind: "script", message: "the run has ended") }
            switch try functions[function].body(call) {
            case .values(let count): return luath_reply(disposition: LUATH_RETURN, count: Int32(count))
            case .wait(let operation): return try suspend(.operation(operation), on: state)
            case .hold: return try suspend(.hold, on: state)
            case .join: return try suspend(.join, on: state)
            case .exit(let status):
                if ending != nil { throw LuaError.cancelled }
                let reply = try suspend(.end, on: state)
                outcome = .success(.exited(status))
                return reply
            }
        } catch {
            pushError(error, on: call.stack)
            return luath_reply(disposition: LUATH_ERROR, count: 1)
        }
    }

    private func suspend(_ wait: Pending, on state: OpaquePointer) throws -> luath_reply {
        guard luath_can_wait(state) else { throw cannotWait(state) }
        if endsAtFirstWait {
            outcome = .success(.finished([]))
            pending = .end
            return luath_reply(disposition: LUATH_AWAIT, count: 0)
        }
        if case .operation = wait, taskOfWait.count >= limits.callsInFlight {
            throw exceeded(.callsInFlight, at: state)
        }
        pending = wait
        switch wait {
        case .operation, .hold:
            if tasks[current]?.isCancelled == true { try refuseWait() }
        case .join, .end: break
        }
        return luath_reply(disposition: LUATH_AWAIT, count: 0)
    }

    private func refuseWait() throws {
        refusals += 1
        if refusals <= Self.mostRefusals { throw LuaError.cancelled }
        outcome = .failure(
            ScriptError(
                message: "CancelledError: the script went on after it was cancelled", kind: "cancelled",
                name: "CancelledError", statusCode: nil, traceback: ""))
        pending = .end
    }

    private func cannotWait(_ state: OpaquePointer) -> LuaError {
        luath_push_cannot_wait(state)
        var length = 0
        let place = String(decodingBytes: luath_describe(state, -1, &length), count: length)
        luath_settop(state, -2)
        return LuaError(
            name: "CannotWaitError", kind: "argument",
            message: "a call that waits for an answer cannot be made inside \(place)",
            fields: [("hint", .string("make the call before and pass its result in"))])
    }

    private func pushError(_ error: any Error, on stack: LuaStack) {
        do { try stack.push(error) } catch { luath_push_nil(stack.state) }
    }
}
