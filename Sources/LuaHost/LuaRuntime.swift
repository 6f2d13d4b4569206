// A Lua state that any Swift program can run a script in: an actor on a thread of its own.

import Synchronization

/// One Lua state and its tasks. Make a new one for each run.
///
/// Host calls of different tasks are in flight at the same time; Lua itself runs one task at a time, on the runtime's
/// thread. Ending or cancelling a run cancels the host calls in flight and waits for them.
public actor LuaRuntime {
    private nonisolated let thread = LuaThread()
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private let scheduler: Scheduler
    private nonisolated let watch: RunWatch
    private var operations: [Int: Task<Void, Never>] = [:]
    private nonisolated let finish = Mutex<CheckedContinuation<RunOutcome, any Error>?>(nil)
    private var hasRun = false
    private var hasEnded = false

    /// - Parameters:
    ///   - limits: what the script may use.
    ///   - interruption: how a script that runs is stopped.
    ///   - print: gets what the script prints, line ends included, on the runtime's thread.
    /// - Throws: `LuaError` of kind `limit` when there is no memory for a state.
    public init(
        limits: LuaLimits = LuaLimits(), interruption: LuaInterruption = .standard,
        print: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
    ) throws {
        scheduler = try Scheduler(limits: limits, interruption: interruption, print: print)
        watch = scheduler.watch
        // `require` waits with these for a module that another task loads.
        let stack = LuaStack(state: scheduler.state)
        try stack.pushTable(of: HostFunction.taskFunctions)
        try stack.keep("scheduler")
    }

    deinit { thread.stop() }

    /// Gives access to the stack between runs, to set up modules and globals.
    public func withStack<Result: Sendable>(_ body: @Sendable (LuaStack) throws -> Result) rethrows -> Result {
        try body(LuaStack(state: scheduler.state))
    }

    /// Makes the first host call that would wait, or exit, end the run: to see what a script gives back and no more.
    public func endAtFirstWait() { scheduler.endsAtFirstWait = true }

    /// Runs a script to its end.
    ///
    /// When a function is kept under the name `main`, it is called with the script's chunk and arguments instead.
    ///
    /// - Parameters:
    ///   - source: Lua text; a first line that starts with `#` is skipped.
    ///   - chunkName: `@path` for a file, `=name` for anything else, as Lua's `load` takes it.
    ///   - arguments: reach the chunk as `...`.
    ///
    /// Cancelling the Swift task ends the run in order: host calls in flight are cancelled, each waiting task gets a
    /// `CancelledError`, and `<close>` variables run, for at most the limits' `grace`.
    /// - Throws: `ScriptError` for an error that the script did not catch, a syntax error too. Its kind is `limit` for a
    ///   run that went over a limit; `WedgedError` is one that stays inside a function and does not stop, whose thread is
    ///   left behind. `LuaError` when the runtime has run a script before.
    public nonisolated func run(
        _ source: [UInt8], chunkName: String, arguments: [LuaValue] = []
    ) async throws -> RunOutcome {
        try await withTaskCancellationHandler {
            // The caller goes on when the Lua thread is stuck, so this is outside of the actor.
            try await withCheckedThrowingContinuation { continuation in
                Task {
                    do {
                        try await start(source, chunkName, arguments, continuation)
                    } catch {
                        continuation.resume(throwing: error)
                    }
                }
            }
        } onCancel: {
            watch.cancel()
        }
    }

    private func start(
        _ source: [UInt8], _ chunkName: String, _ arguments: [LuaValue],
        _ continuation: CheckedContinuation<RunOutcome, any Error>
    ) throws {
        guard !hasRun else {
            throw LuaError(name: "RuntimeError", kind: "host", message: "a runtime runs one script: make a new one")
        }
        hasRun = true
        let stack = LuaStack(state: scheduler.state)
        do {
            try stack.pushKept("main")
            let isWrapped = stack.type(-1) == .function
            if !isWrapped { stack.pop() }
            try stack.load(Self.withoutShebang(source), chunkName: chunkName)
            for argument in arguments { try stack.push(argument) }
            try scheduler.begin(arguments: arguments.count + (isWrapped ? 1 : 0))
        } catch let error as LuaError {
            throw ScriptError(
                message: error.message, kind: error.kind, name: error.name, statusCode: nil, traceback: "")
        }
        finish.withLock { $0 = continuation }
        let limits = scheduler.limits
        watch.begin(
            notify: { Task { await self.pump() } },
            abandon: { request, position in
                var error = request.stop.error(limits)
                error.name = "WedgedError"
                error.kind = "limit"
                error.message += "; it is inside a function that does not stop, and its thread is left behind"
                self.takeContinuation()?.resume(throwing: ScriptError(error, position: position))
            })
        pump()
    }

    private nonisolated func takeContinuation() -> CheckedContinuation<RunOutcome, any Error>? {
        finish.withLock { finish in
            defer { finish = nil }
            return finish
        }
    }

    private func pump() {
        guard !hasEnded else { return }
        watch.enter()
        if let request = watch.takeRequest() { scheduler.stop(request.stop, level: request.level) }
        scheduler.drain()
        let (starting, cancelling) = scheduler.takeWaits()
        if scheduler.outcome != nil { scheduler.closeTasks() }
        watch.leave()
        for wait in cancelling { operations[wait]?.cancel() }
        if let outcome = scheduler.outcome {
            end(scheduler.ending.map { .failure($0) } ?? outcome)
        } else {
            for wait in starting { launch(wait) }
        }
    }

    private func launch(_ wait: Scheduler.Wait) {
        // With this preference, async functions that belong to no actor run on the Lua thread too: an answer that the
        // network thread brings wakes one thread, not two.
        let operation = wait.operation, id = wait.id
        operations[id] = Task(executorPreference: thread) { await self.perform(operation, id) }
    }

    private func perform(_ operation: HostFunction.Operation, _ id: Int) async {
        let answer: Scheduler.Answer
        do { answer = .success(try await operation()) } catch { answer = .failure(error) }
        operations[id] = nil
        scheduler.settle(id, answer)
        pump()
    }

    private func end(_ outcome: Result<RunOutcome, ScriptError>) {
        hasEnded = true
        watch.end()
        let inFlight = operations.values
        for operation in inFlight { operation.cancel() }
        Task {
            for operation in inFlight { await operation.value }
            takeContinuation()?.resume(with: outcome.mapError { $0 })
        }
    }

    /// Lua's loader skips `#!` and a byte order mark only in files; an empty line in its place keeps the line numbers.
    private static func withoutShebang(_ source: [UInt8]) -> [UInt8] {
        let text = source.starts(with: [0xEF, 0xBB, 0xBF]) ? source.dropFirst(3) : source[...]
        guard text.first == UInt8(ascii: "#") else { return Array(text) }
        return Array(text.drop { $0 != UInt8(ascii: "\n") })
    }
}
