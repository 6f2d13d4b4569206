// A Lua state that any Swift program can run a script in: an actor on a thread of its own.

/// One Lua state and its tasks. Make a new one for each run.
///
/// Host calls of different tasks are in flight at the same time; Lua itself runs one task at a time, on the runtime's
/// thread. Ending or cancelling a run cancels the host calls in flight and waits for them.
public actor LuaRuntime {
    private nonisolated let thread = LuaThread()
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private let scheduler: Scheduler
    private var operations: [Int: Task<Void, Never>] = [:]
    private var finish: CheckedContinuation<RunOutcome, any Error>?
    private var hasRun = false
    private let grace: Duration
    /// Ends the time that clean-up gets after a cancellation.
    private var graceTimer: Task<Void, Never>?

    /// - Parameters:
    ///   - grace: how long a cancelled run's shielded tasks may go on; the command ends the process after 2 seconds.
    ///   - print: gets what the script prints, line ends included, on the runtime's thread.
    /// - Throws: `LuaError` of kind `limit` when there is no memory for a state.
    public init(
        grace: Duration = .milliseconds(1500), print: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
    ) throws {
        self.grace = grace
        scheduler = try Scheduler(print: print)
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
    /// - Throws: `ScriptError` for an error that the script did not catch, a syntax error too; `LuaError` when the
    ///   runtime has run a script before.
    public func run(_ source: [UInt8], chunkName: String, arguments: [LuaValue] = []) async throws -> RunOutcome {
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
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                finish = continuation
                pump()
            }
        } onCancel: {
            Task { await self.cancel() }
        }
    }

    /// Ends the run in order: host calls in flight are cancelled, and each waiting task gets a `CancelledError`; shielded
    /// ones only after the grace.
    public func cancel() {
        scheduler.cancelAll(breakingShields: false)
        pump()
        guard finish != nil, graceTimer == nil else { return }
        graceTimer = Task { [grace] in
            guard (try? await Task.sleep(for: grace)) != nil else { return }
            scheduler.cancelAll(breakingShields: true)
            pump()
        }
    }

    private func pump() {
        scheduler.drain()
        let (starting, cancelling) = scheduler.takeWaits()
        for wait in cancelling { operations[wait]?.cancel() }
        if let outcome = scheduler.outcome {
            end(outcome)
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
        guard let continuation = finish else { return }
        finish = nil
        graceTimer?.cancel()
        scheduler.closeTasks()
        let inFlight = operations.values
        for operation in inFlight { operation.cancel() }
        Task {
            for operation in inFlight { await operation.value }
            continuation.resume(with: outcome.mapError { $0 })
        }
    }

    /// Lua's loader skips `#!` and a byte order mark only in files; an empty line in its place keeps the line numbers.
    private static func withoutShebang(_ source: [UInt8]) -> [UInt8] {
        let text = source.starts(with: [0xEF, 0xBB, 0xBF]) ? source.dropFirst(3) : source[...]
        guard text.first == UInt8(ascii: "#") else { return Array(text) }
        return Array(text.drop { $0 != UInt8(ascii: "\n") })
    }
}
