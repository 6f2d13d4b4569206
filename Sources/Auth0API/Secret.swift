// A value that must never be printed. Tokens, client secrets, passwords and keys live in nothing else.

/// A string that prints, describes and reflects as `•••`.
///
/// Equality compares the value; only `reveal()` hands it out, so a search for that name finds every use.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String
    public init(_ value: String) { self.value = value }
    /// The value itself, for the one place that sends it.
    public func reveal() -> String { value }
    public var isEmpty: Bool { value.isEmpty }
    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
