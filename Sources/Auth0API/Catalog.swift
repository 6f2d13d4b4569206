// The catalog of operations and shapes: looked up by name, one line decoded at a time, so that a script pays for what it calls.

/// All operations and shapes. There is one catalog; it is read-only.
public final class Catalog: Sendable {
    public static let shared = Catalog()
    init() {}

    /// The operation of that dotted name (`clients.update`), or nil.
    public func operation(_ name: String, in api: API) -> Operation? { fatalError() }
    /// Whether operations are named `prefix.…`.
    public func hasOperations(under prefix: String, in api: API) -> Bool { fatalError() }
    /// All dotted names of an API, sorted.
    public func names(in api: API) -> [String] { fatalError() }
    /// All operations of an API in the order of their names; decodes every line.
    public func operations(in api: API) -> [Operation] { fatalError() }
    /// Names nearest to a misspelt one, best first.
    public func suggestions(for name: String, in api: API, limit: Int = 3) -> [String] { fatalError() }
    /// The shape of that name, or nil.
    public func shape(_ name: String) -> Shape? { fatalError() }
}
