// What a script may do besides reading and writing the run's tenant. Everything is off unless it was allowed.

/// The permissions of one run; each refusal names the option that would allow it.
public struct Permissions: Sendable {
    /// Whether operations with the verb DELETE are sent.
    public var allowsDelete = false
    /// Whether no operation that changes the tenant is sent.
    public var isReadOnly = false
    /// Files and folders that `fs` may read.
    public var readablePaths: [String] = []
    /// Files and folders that `fs` may write.
    public var writablePaths: [String] = []
    /// Environment variables that `os.getenv` may read.
    public var environmentNames: [String] = []
    /// Hosts besides the run's tenant that explicit clients may call.
    public var hosts: [String] = []

    public init() {}
}
