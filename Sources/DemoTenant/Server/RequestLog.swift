// Remembers the last requests, so that a test or a curious person can see what a script really sent.
import Synchronization

extension DemoTenant {
    /// One request that the tenant answered.
    public struct LoggedRequest: Sendable, Hashable {
        public let method: String
        /// The path with its query, still encoded.
        public let path: String
        public let status: Int
        /// The catalog's name of the operation; nil outside the Management API.
        public let operation: String?
    }
}

/// The last requests, oldest first.
final class RequestLog: Sendable {
    private struct Ring {
        var entries: [DemoTenant.LoggedRequest] = []
        var start = 0
    }
    private let ring = Mutex(Ring())
    private let capacity: Int

    init(capacity: Int) { self.capacity = max(0, capacity) }

    func add(_ entry: DemoTenant.LoggedRequest) {
        guard capacity > 0 else { return }
        ring.withLock { ring in
            if ring.entries.count < capacity {
                ring.entries.append(entry)
            } else {
                ring.entries[ring.start] = entry
                ring.start = (ring.start + 1) % capacity
            }
        }
    }

    var entries: [DemoTenant.LoggedRequest] {
        ring.withLock { Array($0.entries[$0.start...] + $0.entries[..<$0.start]) }
    }
}
