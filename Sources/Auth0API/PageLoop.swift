// Notices a list that goes round in circles, so that a broken server cannot keep a script busy for ever.

/// What has been seen of a list so far, in constant memory.
///
/// Cursors are compared with one remembered cursor that moves on at every power of two (Brent's algorithm), so a circle
/// of any length is found after at most three rounds.
public struct PageLoop: Sendable {
    private var remembered: String?
    private var steps = 0
    private var stepsUntilNext = 1
    private var lastPage: Int?

    public init() {}

    /// Whether the list has come back to a cursor that it has given before.
    public mutating func repeats(cursor: String) -> Bool {
        if remembered == cursor { return true }
        steps += 1
        if steps == stepsUntilNext {
            remembered = cursor
            steps = 0
            stepsUntilNext *= 2
        }
        return false
    }

    /// Whether a page is, byte for byte, the one before it. Not to be asked of pages that are rightly equal: empty ones,
    /// and those of lists that were asked for some fields only.
    public mutating func repeats(page: [UInt8]) -> Bool {
        var hasher = Hasher()
        page.withUnsafeBytes { hasher.combine(bytes: $0) }
        let hash = hasher.finalize()
        defer { lastPage = hash }
        return lastPage == hash
    }
}
