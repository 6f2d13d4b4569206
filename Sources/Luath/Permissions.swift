// What a script may do besides reading and writing the run's tenant. Everything is off unless it was allowed, and what is
// denied stays off.

import Auth0API
import Auth0Client
import LuaHost

/// The permissions of one run; each refusal names the option that would allow it.
public struct Permissions: Sendable {
    /// Whether operations with the verb DELETE are sent.
    public var allowsDelete = false
    /// Whether no operation that changes the tenant is sent. Operations that only issue a token are.
    public var isReadOnly = false
    /// The operations that may be called; nil is all of them.
    public var allowedOperations: [OperationPattern]?
    /// Operations that may not be called, whatever else allows them.
    public var deniedOperations: [OperationPattern] = []
    /// Files and folders that `fs` may read, what is in the folders included. Links are resolved when the run starts.
    public var readablePaths: [String] = []
    /// Files and folders that `fs` may write.
    public var writablePaths: [String] = []
    /// Files and folders that may not be read, although they are in one that may.
    public var unreadablePaths: [String] = []
    /// Files and folders that may not be written, although they are in one that may.
    public var unwritablePaths: [String] = []
    /// Environment variables that `os.getenv` and the module `env` may read.
    public var environmentNames: [String] = []
    /// Hosts besides the run's tenant that explicit clients may call and redirects may lead to: `acme.eu.auth0.com` at any
    /// port, `127.0.0.1:8080` at that one.
    public var hosts: [String] = []

    public init() {}

    /// - Throws: `APIError` of kind `permission` that names the option.
    func check(_ operation: Operation) throws(APIError) {
        // What the catalog does not know has its place instead of a name of its own.
        let place = operation.name == "request" ? "'\(operation.verb.rawValue) \(operation.path)'" : "the operation"
        if let pattern = deniedOperations.first(where: { $0.matches(operation) }) {
            throw .permission(
                "\(place) is denied in this run; nothing was sent", operation,
                hint: "run it without --deny-api=\(pattern)")
        }
        if let allowedOperations, !allowedOperations.contains(where: { $0.matches(operation) }) {
            throw .permission(
                "\(place) is not among those that this run may call; nothing was sent", operation,
                hint: "allow it with --allow-api=\(operation.qualifiedName)")
        }
        if isReadOnly, operation.effect == .write {
            throw .permission(
                "this run is read-only, and \(place) changes the tenant", operation, hint: "run it without --read-only")
        }
        if operation.verb == .delete, !allowsDelete {
            throw .permission(
                "deleting is not allowed in this run; nothing was sent", operation,
                hint: "allow it with --allow-delete")
        }
    }

    func allows(_ address: TenantAddress) -> Bool {
        hosts.contains { text in
            guard let allowed = try? TenantAddress(text) else { return false }
            return allowed.authority == address.authority || (!allowed.hasPort && allowed.host == address.host)
        }
    }

    /// - Throws: `APIError` of kind `permission` for a host that explicit clients may not call either.
    func checkRedirect(to host: String) throws(APIError) {
        if let address = try? TenantAddress("https://\(host)"), allows(address) { return }
        throw APIError(
            .permission, name: "PermissionError",
            message: "the answer is a redirect to '\(host)', which this run may not call",
            hint: "allow it with --allow-net=\(host)")
    }

    /// - Throws: `LuaError` of kind `permission`.
    func checkEnvironment(_ name: String) throws(LuaError) {
        if environmentNames.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { return }
        throw .permission(
            "the environment variable '\(name)' is not allowed in this run", hint: "allow it with --allow-env=\(name)")
    }
}

extension APIError {
    static func permission(_ message: String, _ operation: Operation, hint: String) -> APIError {
        APIError(.permission, name: "PermissionError", message: message, operation: operation.name, hint: hint)
    }
}

extension LuaError {
    static func permission(_ message: String, hint: String) -> LuaError {
        LuaError(name: "PermissionError", kind: "permission", message: message, fields: [("hint", .string(hint))])
    }
}

extension TenantAddress {
    /// Whether the address names a port.
    fileprivate var hasPort: Bool { authority != host && authority != "[\(host)]" }
}
