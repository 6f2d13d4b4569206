// From the arguments on the Lua stack to a request: everything that can be wrong is said before anything is sent.

import Auth0API
import LuaHost

/// The arguments of one operation, checked against the catalog.
struct OperationArguments {
    let operation: Operation
    private let call: LuaCall
    /// Path below the API's base, without the query.
    let path: String
    /// The path arguments as texts.
    let pathValues: [String]
    /// Position of the request, or nil when it was left out.
    private let request: Int?
    let options: LuaCallOptions

    init(_ call: LuaCall, for operation: Operation) throws {
        self.call = call
        self.operation = operation
        let first = operation.bearerParameter == nil ? 1 : 2
        let pathCount = operation.pathParameters.count
        var values: [String] = []
        for (offset, parameter) in operation.pathParameters.enumerated() {
            values.append(try Self.text(call, first + offset, parameter.name, operation))
            if let problem = parameter.mismatch(with: .string, text: values[offset]) {
                throw operation.invalidArgument(problem)
            }
        }
        pathValues = values
        path = try operation.path(arguments: values)
        var next = first + pathCount
        if operation.takesRequest {
            request = call.isLeftOut(next) ? nil : next
            next += 1
        } else {
            request = nil
        }
        options = try LuaCallOptions(call, at: next, operation: operation)
        if call.count > next, !(next + 1...call.count).allSatisfy({ call.type($0) == .nil }) {
            throw operation.invalidArgument("too many arguments (\(call.count))", hint: "call \(operation.signature)")
        }
        if request == nil, !operation.requestIsOptional {
            throw operation.invalidArgument(
                "the request is missing (required: \(requiredNames.joined(separator: ", ")))",
                hint: "call \(operation.signature)")
        }
    }

    /// The text of the argument at a position that must be an id or another single value.
    static func text(_ call: LuaCall, _ position: Int, _ name: String, _ operation: Operation) throws -> String {
        if let text = call.string(position) { return text }
        if let number = call.integer(position) { return String(number) }
        let usage = "call \(operation.signature)"
        switch call.type(position) {
        case .none, .nil: throw operation.invalidArgument("'\(name)' is missing", hint: usage)
        case .table
        where position == 1 && call.text(1).hasPrefix("\(operation.api.rawValue).")
            || call.text(1) == operation.api.rawValue:
            throw operation.invalidArgument(
                "'\(name)' must be a text, got the API's own table",
                hint: "call it with a dot, not a colon: \(operation.signature)")
        case .table where position == 1:
            throw operation.invalidArgument(
                "'\(name)' must be a text, got a table",
                hint: "give the value itself, not { \(name) = ... }: \(operation.signature)")
        case .string: throw operation.invalidArgument("'\(name)' is not valid UTF-8", hint: usage)
        default:
            throw operation.invalidArgument("'\(name)' must be a text, got \(call.typeName(position))", hint: usage)
        }
    }

    /// The token that comes first where an operation takes one.
    static func bearer(_ call: LuaCall, _ name: String, _ operation: Operation) throws -> Secret {
        let token = try text(call, 1, name, operation)
        if token.isEmpty {
            throw operation.invalidArgument("'\(name)' is empty", hint: "check the variable that it comes from")
        }
        return Secret(token)
    }

    private var requiredNames: [String] {
        (operation.query + (operation.body?.fields ?? [])).filter(\.isRequired).map(\.name)
    }

    /// The query keys and the body of the request.
    func encoded() throws -> (query: [QueryValue.Pair], body: [UInt8]?) {
        let isUpload = operation.body?.encoding == .multipart
        guard let request else { return ([], operation.sendsEmptyBody && !isUpload ? Array("{}".utf8) : nil) }
        if let body = operation.body, let whole = try wholeBody(body, at: request) { return ([], whole) }
        guard call.type(request) == .table else {
            throw operation.invalidArgument(
                "the request must be a table, got \(call.type(request).name)", hint: "call \(operation.signature)")
        }
        let keys = call.keys(of: request)
        let queryNames = Set(operation.query.map(\.name))
        let hasBody = operation.body != nil
        for key in keys where !queryNames.contains(key) && (!operation.hasOpenQuery || isSlip(key)) {
            if let body = operation.body, body.isOpen || body.fields.contains(where: { $0.name == key }) { continue }
            throw unknown(key)
        }
        let inQuery = keys.filter { queryNames.contains($0) || (!hasBody && operation.hasOpenQuery) }
        try check(keys: Set(keys))
        return (try query(inQuery, at: request), isUpload ? nil : try body(without: Set(inQuery), at: request))
    }

    /// Whether a key that goes into a URL as it is was meant to be one that the operation knows: `redirect_url`.
    private func isSlip(_ key: String) -> Bool {
        operation.buildsURL && !operation.suggestions(forUnknownKey: key).isEmpty
    }

    /// The body of an operation whose whole request is its body: a list, a text, or a table of any keys.
    private func wholeBody(_ body: Body, at position: Int) throws -> [UInt8]? {
        func isTable(_ what: String) throws {
            if call.type(position) == .table { return }
            throw operation.invalidArgument(
                "the request must be \(what), got \(call.type(position).name)", hint: "call \(operation.signature)")
        }
        switch body.type {
        case .array: try isTable("a list")
        case .map: try isTable("a table")
        case .union where body.anyOf?.contains("string") ?? false:
            if call.type(position) != .string { try isTable("a text or a table") }
        case .union: try isTable("a table")
        default: return nil
        }
        return try json(position, body)
    }

    /// - Parameter field: whose value it is; nil is the whole body.
    private func json(_ position: Int, _ body: Body, field: String? = nil) throws -> [UInt8] {
        try call.json(position, for: body, field: field, of: operation)
    }

    /// The request's fields, for a body that is built from single values.
    func requestFields() -> [(key: String, value: LuaValue)] {
        guard let request, case .table(let fields) = call.value(request) else { return [] }
        return fields.sorted { $0.key < $1.key }
    }

    func json(ofField name: String) throws -> [UInt8] {
        guard let request, let body = operation.body else { return [] }
        try call.stack.pushField(name, of: request)
        defer { call.stack.pop() }
        return try json(call.stack.top, body, field: name)
    }

    /// - Throws: kind `argument` for what is no secret.
    func secret(ofField name: String) throws -> Secret {
        try call.stack.pushField(name, of: request ?? 0)
        defer { call.stack.pop() }
        if let secret = call.secret(call.stack.top, as: EnvironmentSecret.self) { return secret.value }
        throw operation.invalidArgument("'\(name)' cannot be a \(call.typeName(call.stack.top))")
    }

    private func unknown(_ key: String) -> APIError {
        let isOption =
            LuaCallOptions.known.contains(key) ? "options are the last argument: \(operation.signature)" : nil
        let near = isOption ?? operation.suggestions(forUnknownKey: key).first.map { "did you mean '\($0)'?" }
        return operation.invalidArgument(
            "unknown field '\(key)'", hint: near ?? "luath api \(operation.name) lists the fields")
    }

    private func check(keys: Set<String>) throws {
        let fields = operation.query + (operation.body?.fields ?? [])
        for field in fields where field.isRequired && !keys.contains(field.name) {
            if let other = field.replacedBy, keys.contains(other) { continue }
            throw operation.invalidArgument("'\(field.name)' is missing", hint: "call \(operation.signature)")
        }
        // Null in a query or a form is left out, so it is as good as missing.
        let isForm = operation.api == .authentication
        for field in operation.query + (isForm ? operation.body?.fields ?? [] : []) where field.isRequired {
            if case .null = call.field(field.name, of: request ?? 0) {
                throw operation.invalidArgument("'\(field.name)' is null", hint: "call \(operation.signature)")
            }
        }
        for field in fields where keys.contains(field.name) {
            if let problem = try mismatch(field) { throw operation.invalidArgument(problem) }
        }
    }

    /// Why a field's value cannot be meant; nil when it can.
    private func mismatch(_ field: Field) throws -> String? {
        guard let request else { return nil }
        try call.stack.pushField(field.name, of: request)
        let position = call.stack.top
        defer { call.stack.pop() }
        let kind: ValueKind =
            switch call.type(position) {
            case .boolean: .boolean
            case .number: .number
            case .string: .string
            // A secret is a text.
            case .userdata: .string
            case .table: call.length(position) > 0 || call.stack.isArray(position) ? .array : .object
            default: .null
            }
        let text = field.values == nil ? nil : call.string(position)
        let isEmpty = call.type(position) == .table && call.keys(of: position).isEmpty
        if let problem = field.mismatch(with: isEmpty ? .array : kind, text: text, isEmpty: isEmpty) { return problem }
        guard field.values != nil, case .array(let items) = call.value(position) else { return nil }
        for case .string(let text) in items {
            if let problem = field.mismatch(withElement: text) { return problem }
        }
        return nil
    }

    private func query(_ names: [String], at position: Int) throws -> [QueryValue.Pair] {
        try names.sorted().map { QueryValue.Pair($0, try QueryValue(call.field($0, of: position), $0, operation)) }
    }

    private func body(without names: Set<String>, at position: Int) throws -> [UInt8]? {
        guard let body = operation.body else { return nil }
        if names.isEmpty { return try json(position, body) }
        try call.pushCopy(of: position, without: names)
        defer { call.stack.pop() }
        return try json(call.stack.top, body)
    }
}

extension QueryValue {
    init(_ value: LuaValue, _ name: String, _ operation: Operation) throws {
        switch value {
        case .nil, .null: self = .null
        case .boolean(let flag): self = .boolean(flag)
        case .integer(let number): self = .integer(number)
        case .number(let number):
            guard number.isFinite else { throw operation.invalidArgument("'\(name)' is not a finite number") }
            self = .number(number)
        case .string(let text): self = .string(text)
        case .array(let items): self = .array(try items.map { try QueryValue($0, name, operation) })
        case .table(let fields):
            self = .object(try fields.map { .init($0.key, try QueryValue($0.value, name, operation)) })
        case .bytes: throw operation.invalidArgument("'\(name)' is not valid UTF-8")
        case .json, .opaque: throw operation.invalidArgument("'\(name)' cannot be a \(value.typeName)")
        }
    }
}
