// How many scripts may run at the same time.

import Synchronization

final class RunSlots: Sendable {
    private let free: Mutex<Int>
    init(_ count: Int) { free = Mutex(count) }

    /// Whether there was a free slot, which is now taken; who gets one gives it back.
    func take() -> Bool {
        free.withLock { free in
            guard free > 0 else { return false }
            free -= 1
            return true
        }
    }

    func give() { free.withLock { $0 += 1 } }
}
