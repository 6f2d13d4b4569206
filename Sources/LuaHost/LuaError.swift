// Errors in both directions: what a host function raises in a script, and what a failed script hands to Swift.

/// An error that a host function raises. The script sees a table with these fields, `__tostring` and a `traceback`.
public struct LuaError: Error, Sendable, CustomStringConvertible {
    /// The class that scripts test: `InvalidArgumentError`, `NotFoundError`, ...
    public var name: String
    /// The broad cause: `argument`, `api`, `network`, ...
    public var kind: String
    /// One sentence.
    public var message: String
    /// More fields of the table.
    public var fields: [(key: String, value: LuaValue)]

    public init(name: String, kind: String, message: String, fields: [(key: String, value: LuaValue)] = []) {
        self.name = name
        self.kind = kind
        self.message = message
        self.fields = fields
    }

    /// Arguments that do not fit.
    public static func argument(_ message: String, hint: String? = nil) -> LuaError {
        LuaError(
            name: "InvalidArgumentError", kind: "argument", message: message,
            fields: hint.map { [("hint", .string($0))] } ?? [])
    }

    public static let cancelled = LuaError(name: "CancelledError", kind: "cancelled", message: "the task was cancelled")

    public var description: String { "\(name): \(message)" }
}

extension LuaError {
    /// How a script sees an error of the host. One that does not say so itself is known by its type alone: its text may
    /// hold what a script must not see.
    init(_ error: any Error) {
        switch error {
        case let error as LuaError: self = error
        case let error as any LuaErrorConvertible: self = error.luaError
        case is CancellationError: self = .cancelled
        default:
            self.init(name: "HostError", kind: "host", message: "the host's function failed (\(type(of: error)))")
        }
    }
}

/// An error that can say how a script should see it. A script that calls a host function gets only the type's name of
/// any other error.
public protocol LuaErrorConvertible: Error {
    var luaError: LuaError { get }
}

/// Why a script ended early: an error that it did not catch.
public struct ScriptError: Error, Sendable, CustomStringConvertible {
    /// The error as `tostring` gives it, with the position for plain Lua errors.
    public let message: String
    /// `kind` of an error table; nil for a plain Lua error.
    public let kind: String?
    /// `name` of an error table.
    public let name: String?
    /// `status_code` of an error table that has one.
    public let statusCode: Int?
    /// Lua's traceback, its first line `stack traceback:`; may be empty.
    public let traceback: String
    /// Where a run that was ended early was.
    var stoppedAt: String?

    public var description: String { message }

    /// Where in the script the error came up (`rename.lua:12`), read from the traceback, else where the task that failed
    /// was started; nil when no line of the script shows. Chunks named `=luath` are the host's own.
    public var position: String? {
        if let stoppedAt { return stoppedAt }
        let lines = traceback.split(separator: "\n").filter { $0.first == "\t" }.map { $0.dropFirst() }
        for line in lines where !line.hasPrefix("[C]") && !line.hasPrefix("luath:") {
            guard let end = line.range(of: ": in ") else { continue }
            let place = line[..<end]
            if !place.hasPrefix("=") && place.contains(":") { return String(place) }
        }
        let spawned = "spawned at "
        return lines.first { $0.hasPrefix(spawned) }.map { String($0.dropFirst(spawned.count)) }
    }
}

extension Substring {
    /// The index where `text` starts; the standard library has this only with a regex.
    fileprivate func range(of text: String) -> Substring.Index? {
        var at = startIndex
        while at < endIndex {
            if self[at...].hasPrefix(text) { return at }
            at = index(after: at)
        }
        return nil
    }
}
