// Results that wait in the buffer are seen, and kept, while a long run goes on.

import Luath
import Synchronization

/// Writes out standard output five times a second, from the first line that is printed.
final class OutputFlusher: Sendable {
    private let task = Mutex<Task<Void, any Error>?>(nil)
    private let failed: @Sendable () -> Void

    /// - Parameter failed: called when nobody reads the output any more, or the disk is full.
    init(failed: @escaping @Sendable () -> Void) { self.failed = failed }

    func start() {
        task.withLock { task in
            guard task == nil else { return }
            task = Task { [failed] in
                while true {
                    try await Task.sleep(for: .milliseconds(200))
                    if StandardOutput.flush() != nil { return failed() }
                }
            }
        }
    }

    func stop() { task.withLock { $0?.cancel() } }
}
