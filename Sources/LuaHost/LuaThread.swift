// The thread that a Lua state lives on. Lua needs a deep C stack, and a script that loops must not hold a thread of
// Swift's pool, so each runtime has a thread of its own, which is also the executor of its actor and its tasks.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs jobs in order on one thread with an 8 MiB stack.
///
/// `@unchecked Sendable`: `shared` is touched only under `mutex`, `local` only by the thread itself.
final class LuaThread: SerialExecutor, TaskExecutor, @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    /// Jobs from other threads.
    private var shared: [UnownedJob] = []
    private var isStopping = false
    private var isSleeping = false
    /// Jobs that the thread gave itself; they need no lock and no wake-up.
    private var local: [UnownedJob] = []
    private var identity: pthread_t?

    private static let stackBytes = 8 << 20

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
        pthread_mutex_lock(mutex)
        identity = startThread(stackBytes: Self.stackBytes) { [self] in loop() }
        pthread_mutex_unlock(mutex)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(condition)
        mutex.deallocate()
        condition.deallocate()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if let identity, pthread_equal(identity, pthread_self()) != 0 {
            local.append(job)
            return
        }
        pthread_mutex_lock(mutex)
        shared.append(job)
        let mustWake = isSleeping
        isSleeping = false
        pthread_mutex_unlock(mutex)
        if mustWake { pthread_cond_signal(condition) }
    }

    /// Lets the thread end once it has run what it has.
    func stop() {
        pthread_mutex_lock(mutex)
        isStopping = true
        isSleeping = false
        pthread_mutex_unlock(mutex)
        pthread_cond_signal(condition)
    }

    private func loop() {
        let serial = asUnownedSerialExecutor(), preferred = asUnownedTaskExecutor()
        var batch: [UnownedJob] = []
        while true {
            pthread_mutex_lock(mutex)
            while local.isEmpty && shared.isEmpty && !isStopping {
                isSleeping = true
                pthread_cond_wait(condition, mutex)
            }
            swap(&batch, &shared)
            let mustEnd = isStopping && batch.isEmpty && local.isEmpty
            pthread_mutex_unlock(mutex)
            if mustEnd { return }
            for job in batch { job.runSynchronously(isolatedTo: serial, taskExecutor: preferred) }
            batch.removeAll(keepingCapacity: true)
            // What these jobs enqueue runs in the next turn, so jobs of other threads get their place.
            var own: [UnownedJob] = []
            swap(&own, &local)
            for job in own { job.runSynchronously(isolatedTo: serial, taskExecutor: preferred) }
            if local.isEmpty {
                own.removeAll(keepingCapacity: true)
                local = own
            }
        }
    }
}
