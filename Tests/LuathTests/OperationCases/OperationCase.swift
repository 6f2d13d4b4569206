// One call of an operation, and what has to go over the wire for it, worked out from the catalog's data alone.

import Auth0API
import Foundation

/// A call: arguments in Lua, and the request that they make.
struct OperationCase: Sendable {
    let operation: Auth0API.Operation
    /// What kind of call it is, for messages.
    let kind: String
    /// The arguments as JSON.
    let arguments: [Value]
    let path: String
    /// Encoded, sorted.
    let query: [String]
    let body: Content
    let headers: [String: String]

    enum Content: Equatable, Sendable {
        case none
        case json(Value)
        case form([String: String])
        /// Fields by name, and the JSON of the file.
        case multipart([String: String], file: Value)
    }

    /// Of the client; sent where Auth0 documents it.
    static let customDomain = "login.example.com"
    /// Of a call; sent whatever it calls.
    private static let ownDomain = "call.example.com"

    /// - Parameters:
    ///   - request: the call's table, or the whole body; nil leaves it out.
    ///   - headers: given with the call, together with a custom domain of its own; none gives no options.
    init(
        _ operation: Auth0API.Operation, _ kind: String, path: [String], request: Value?,
        headers: [String: String] = [:],
        origin: String
    ) {
        self.operation = operation
        self.kind = kind
        var arguments: [Value] = operation.bearerParameter == nil ? [] : ["user-token-1"]
        // A number where an id belongs is as good as its text.
        arguments += path.map { text in Int(text).map { .number(Double($0)) } ?? .string(text) }
        if let request { arguments.append(request) }
        if !headers.isEmpty {
            if request == nil, operation.takesRequest { arguments.append(.null) }
            arguments.append([
                "headers": .object(headers.mapValues { .string($0) }), "custom_domain": .string(Self.ownDomain),
            ])
        }
        self.arguments = arguments

        let base = operation.api == .management ? "/api/v2" : ""
        var filled = base + operation.path
        for (parameter, value) in zip(operation.pathParameters, path) {
            filled = filled.replacing("{\(parameter.name)}", with: Self.encoded(value))
        }
        self.path = filled

        let split = Self.split(request, operation)
        self.query = Self.query(split.query, operation)
        body = Self.body(split.body, operation, origin: origin)

        var expected = headers
        expected["accept"] = operation.isEventStream ? "text/event-stream" : "application/json"
        switch operation.api {
        case .management: expected["authorization"] = "Bearer tok"
        case .authentication, .userinfo:
            if operation.bearerParameter != nil { expected["authorization"] = "Bearer user-token-1" }
        }
        if !headers.isEmpty {
            expected["auth0-custom-domain"] = Self.ownDomain
        } else if Self.takesCustomDomain.contains(operation.name), operation.api == .management {
            expected["auth0-custom-domain"] = Self.customDomain
        }
        switch body {
        case .none, .multipart: break
        case .json: expected["content-type"] = "application/json"
        case .form: expected["content-type"] = "application/x-www-form-urlencoded"
        }
        self.headers = expected
    }

    /// The nine that Auth0 documents.
    private static let takesCustomDomain: Set = [
        "users.create", "users.update", "jobs.verification_email.create", "tickets.verify_email",
        "tickets.change_password", "organizations.invitations.create", "guardian.enrollments.create_ticket",
        "branding.phone.templates.test", "self_service_profiles.sso_ticket.create",
    ]

    /// As JavaScript's `encodeURIComponent`.
    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()")

    private static func split(
        _ request: Value?, _ operation: Auth0API.Operation
    ) -> (query: [String: Value], body: Value?) {
        guard let request, request != .null else { return ([:], nil) }
        let isTable = [nil, .object].contains(operation.body?.type)
        guard isTable, case .object(let fields) = request else { return ([:], request) }
        let names = Set(operation.query.map(\.name))
        let query = fields.filter { names.contains($0.key) || operation.body == nil }
        let body = fields.filter { query[$0.key] == nil }
        return (query, operation.body == nil ? nil : .object(body))
    }

    private static func query(_ given: [String: Value], _ operation: Auth0API.Operation) -> [String] {
        var pairs: [(String, String?)] = []
        func add(_ name: String, _ value: Value) {
            switch value {
            case .null: break
            case .array(let elements): for element in elements { add(name, element) }
            case .object(let fields): for field in fields { add("\(name)[\(field.key)]", field.value) }
            // What a person visits has flags: a name without a value.
            case .boolean(let flag) where operation.buildsURL: if flag { pairs.append((name, nil)) }
            default: pairs.append((name, value.text))
            }
        }
        for (name, value) in given { add(name, value) }
        // Nothing authenticates a URL, so it says which application it is for.
        if operation.buildsURL, operation.clientAuthentication != nil, given["client_id"] == nil {
            add("client_id", "cid")
        }
        if let paging = operation.paging { for (name, value) in defaults(given, paging) { add(name, value) } }
        return pairs.map { name, value in encoded(name) + (value.map { "=\(encoded($0))" } ?? "") }.sorted()
    }

    /// What a list asks for when the call does not say: the first page, as large as can be, with totals.
    private static func defaults(_ given: [String: Value], _ paging: Paging) -> [(String, Value)] {
        let byOffset = ["page", "per_page", "include_totals"].contains { given[$0] != nil }
        let byCursor = ["from", "take"].contains { given[$0] != nil }
        let size = Value.number(Double(paging.maxPageSize))
        var added: [(String, Value)] = []
        if paging.kind == .checkpoint ? !byOffset : byCursor {
            if paging.kind == .checkpoint { added = [("take", size)] }
        } else {
            added = [("page", .number(0)), ("per_page", size)]
            if paging.hasTotals { added.append(("include_totals", .boolean(true))) }
        }
        return added.filter { given[$0.0] == nil }
    }

    private static func body(_ given: Value?, _ operation: Auth0API.Operation, origin: String) -> Content {
        guard let body = operation.body else { return .none }
        guard operation.api == .authentication else {
            guard let given else { return sendsNothing.contains(operation.name) ? .none : .json([:]) }
            guard body.encoding == .multipart, case .object(var fields) = given else { return .json(given) }
            let users = fields.removeValue(forKey: "users") ?? .null
            return .multipart(fields.mapValues(\.text), file: users)
        }
        var fields: [String: Value] = [:]
        if case .object(let given)? = given { fields = given }
        for field in body.fields {
            guard let value = fields[field.name] else { continue }
            fields[field.name] = nil
            // Encoded by hand, to have the keys in RFC 9493's order.
            fields[field.wireName ?? field.name] =
                field.wireEncoding == "iss_sub"
                ? .string(#"{"format":"iss_sub","iss":"\#(origin)/","sub":\#(value.json)}"#) : value
            if let copy = body.copies[field.name], fields[copy] == nil { fields[copy] = value }
        }
        for (name, value) in body.defaults where fields[name] == nil { fields[name] = .string(value) }
        for (name, value) in body.fixed { fields[name] = .string(value) }
        if case .object(let given)? = given {
            for name in given.keys { for (key, value) in body.fixedWhen[name] ?? [:] { fields[key] = .string(value) } }
        }
        if let client = operation.clientAuthentication {
            if fields["client_id"] == nil { fields["client_id"] = "cid" }
            if client.sendsCredentials, fields["client_secret"] == nil, fields["client_assertion"] == nil {
                fields["client_secret"] = "sec"
            }
        }
        return body.encoding == .form ? .form(fields.mapValues(\.text)) : .json(.object(fields))
    }

    /// Writes that the official SDK sends without a body when the call has none; the others send `{}`.
    private static let sendsNothing: Set = [
        "actions.versions.deploy", "branding.phone.templates.reset", "connections.directory_provisioning.create",
        "connections.keys.create", "connections.keys.rotate", "connections.scim_configuration.create",
    ]
}
