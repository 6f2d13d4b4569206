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

    /// The step after a page, or the end where it goes back to a cursor that was there before.
    public mutating func checked(_ step: PageStep) -> PageStep {
        guard case .next(let changes) = step,
            case .string(let cursor)? = changes.first(where: { $0.name == "from" })?.value,
            repeats(cursor: cursor)
        else { return step }
        return .looping(cursor)
    }

    /// Whether a page is, byte for byte, the one before it, and should not be: pages without items, and those that were
    /// asked for some fields only, may rightly be equal.
    public mutating func repeats(page: [UInt8], of query: [QueryValue.Pair], count: Int) -> Bool {
        if count == 0 || query.contains(where: { $0.name == "fields" }) { return false }
        var hasher = Hasher()
        page.withUnsafeBytes { hasher.combine(bytes: $0) }
        let hash = hasher.finalize()
        defer { lastPage = hash }
        return lastPage == hash
    }
}

extension Operation {
    /// The error for a list that the API does not give to its end.
    public func cutList(after cap: Int) -> APIError {
        APIError(
            .limit, name: "LimitError",
            message: "Auth0 gives only the first \(cap.grouped) results of \(name), and there may be more",
            operation: name,
            hint: paging?.capHint)
    }

    /// The error for a list that would never end.
    public func endlessList(_ reason: String) -> APIError {
        APIError(
            .limit, name: "LimitError", message: "the list does not end: \(reason)", operation: name,
            hint: "the server's paging is broken; nothing after this page can be trusted")
    }
}

extension Int {
    /// With commas: 1,000.
    public var grouped: String {
        var digits = Array(String(self))
        for index in stride(from: digits.count - 3, to: self < 0 ? 1 : 0, by: -3) { digits.insert(",", at: index) }
        return String(digits)
    }
}
