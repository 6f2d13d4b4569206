// The last argument of an operation: how this one call is made.

import Auth0API
import Auth0Client
import LuaHost

/// Options of one call, checked.
public struct LuaCallOptions: Sendable {
    var options = CallOptions()
    var signal: AbortSignal?
    var idToken = IDTokenExpectation()
    var pollInterval: Duration?

    /// The names that scripts use.
    public static let known = [
        "headers", "timeout", "deadline", "max_retries", "custom_domain", "abort_signal", "idempotent",
        "id_token_validate_options", "poll_interval",
    ]
    /// Those that an operation takes.
    public static func known(for operation: Operation) -> [String] {
        known.filter {
            ($0 != "poll_interval" || !operation.pollErrors.isEmpty)
                && ($0 != "id_token_validate_options" || operation.validatesIDToken)
        }
    }

    /// - Throws: `APIError` of kind `argument` for unknown keys and values of a wrong type.
    init(_ call: LuaCall, at position: Int, operation: Operation) throws {
        if call.isLeftOut(position) { return }
        guard call.type(position) == .table else {
            throw operation.invalidArgument(
                "options must be a table, got \(call.type(position).name)", hint: "call \(operation.signature)")
        }
        let known = Self.known(for: operation)
        for key in call.keys(of: position) {
            let value = call.field(key, of: position)
            func wrong(_ expected: String) -> APIError {
                operation.invalidArgument("option '\(key)' must be \(expected), got \(value.typeName)")
            }
            switch known.contains(key) ? key : "" {
            case "id_token_validate_options": idToken = try IDTokenExpectation(lua: value, operation)
            case "poll_interval":
                guard let duration = Self.duration(value), duration > .zero else {
                    throw wrong("more than 0 seconds, or a text such as '5s'")
                }
                pollInterval = duration
            case "timeout", "deadline":
                guard let duration = Self.duration(value), duration > .zero else {
                    throw wrong("more than 0 seconds, or a text such as '5m'")
                }
                if key == "timeout" { options.timeout = duration } else { options.deadline = duration }
            case "max_retries":
                guard let number = value.integer, number >= 0 else { throw wrong("a whole number from 0") }
                options.maxRetries = Int(number)
            case "idempotent":
                guard let flag = value.boolean else { throw wrong("true or false") }
                options.isIdempotent = flag
            case "custom_domain":
                guard let text = value.string else { throw wrong("a domain") }
                options.customDomain = text
            case "headers": options.headers = try Headers(ofRequest: value) { operation.invalidArgument($0) }
            case "abort_signal":
                signal = try AbortSignal.read(call, position: position, operation: operation)
            default:
                let near = Spelling.nearest(to: key, among: known).first.map { "did you mean '\($0)'?" }
                if position > 1, call.type(1) == .table, call.text(1).hasPrefix("\(operation.api.rawValue).") {
                    throw operation.invalidArgument(
                        "the first argument is a table", hint: "call it with a dot, not a colon: \(operation.signature)"
                    )
                }
                if Self.known.contains(key) {
                    throw operation.invalidArgument("the option '\(key)' is not for this operation")
                }
                throw operation.invalidArgument(
                    "unknown option '\(key)'", hint: near ?? "options are \(known.joined(separator: ", "))")
            }
        }
    }

    static func duration(_ value: LuaValue) -> Duration? {
        if let number = value.number { return number >= 0 && number < 1e9 ? .seconds(number) : nil }
        return value.string.flatMap { Duration(text: $0) }
    }
}

extension IDTokenExpectation {
    /// `{ nonce = text, max_age = seconds, organization = text }`, each of them optional.
    fileprivate init(lua value: LuaValue, _ operation: Operation) throws {
        self.init()
        if case .array(let items) = value, items.isEmpty { return }
        guard case .table(let fields) = value else {
            throw operation.invalidArgument(
                "option 'id_token_validate_options' must be a table, got \(value.typeName)")
        }
        for (key, value) in fields {
            func wrong(_ expected: String) -> APIError {
                operation.invalidArgument(
                    "id_token_validate_options: '\(key)' must be \(expected), got \(value.typeName)")
            }
            switch key {
            case "max_age":
                guard let duration = LuaCallOptions.duration(value) else { throw wrong("seconds") }
                maxAge = duration
            case "nonce", "organization":
                guard let text = value.string, !text.isEmpty else { throw wrong("a text that is not empty") }
                if key == "nonce" { nonce = text } else { organization = text }
            default:
                throw operation.invalidArgument(
                    "id_token_validate_options: unknown key '\(key)'", hint: "keys are nonce, max_age, organization")
            }
        }
    }
}

extension Headers {
    /// Headers of a request: those that belong to the connection, or say for whom it is, are not a script's to set.
    init(ofRequest value: LuaValue, problem: (String) -> any Error) throws {
        try self.init(lua: value, problem: problem)
        for name in ["host", "content-length", "transfer-encoding", "connection"] where self[name] != nil {
            throw problem("header '\(name)' cannot be set: it belongs to the connection")
        }
    }

    /// - Parameter problem: makes the error for what is wrong with them.
    init(lua value: LuaValue, problem: (String) -> any Error) throws {
        self.init()
        if case .array(let items) = value, items.isEmpty { return }
        guard case .table(let fields) = value else {
            throw problem("headers must be a table of names and texts, got \(value.typeName)")
        }
        for field in fields {
            guard let text = field.value.string ?? field.value.integer.map(String.init) else {
                throw problem("header '\(field.key)' must be a text, got \(field.value.typeName)")
            }
            guard !text.utf8.contains(where: { $0 < 0x20 && $0 != 9 }), !field.key.isEmpty,
                field.key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: ":") })
            else { throw problem("header '\(field.key)' holds a control character or a bad name") }
            self[field.key] = text
        }
    }
}
