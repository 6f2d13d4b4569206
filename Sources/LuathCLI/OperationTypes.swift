// Operations as functions of LuaCATS classes, one class for each group, so that an editor completes dotted names.

import Auth0API

/// The editor types of one API's operations.
struct OperationTypes {
    let api: API
    private let operations: [Operation]

    init(_ api: API) {
        self.api = api
        operations = Catalog.shared.operations(in: api)
    }

    private var root: String {
        switch api {
        case .management: "auth0.ManagementClient"
        case .authentication: "auth0.AuthenticationClient"
        case .userinfo: "auth0.UserInfoClient"
        }
    }

    /// A class for each group, with its operations as functions.
    var functions: String {
        var operationsOf: [String: [Operation]] = [:]
        var groupsOf: [String: Set<String>] = ["": []]
        for operation in operations {
            var (group, _) = Self.split(operation.name)
            operationsOf[group, default: []].append(operation)
            while !group.isEmpty {
                let parent = Self.split(group).group
                groupsOf[parent, default: []].insert(group)
                group = parent
            }
        }
        let groups = Set(groupsOf.keys).union(operationsOf.keys).sorted()
        return groups.map { group in
            let local = group.isEmpty ? api.rawValue : Self.split(group).name
            var text = "do\n---@class \(className(group))\n"
            for inner in (groupsOf[group] ?? []).sorted() {
                text += "---@field \(Self.split(inner).name) \(className(inner))\n"
            }
            text += "local \(local) = {}\n"
            for operation in operationsOf[group] ?? [] { text += "\n" + Self.text(operation, of: local) }
            return text + "end\n"
        }.joined(separator: "\n")
    }

    /// A class or an alias for each request.
    var requests: String {
        operations.filter(\.takesRequest).map { Self.request($0) }.joined(separator: "\n")
    }

    private func className(_ group: String) -> String { group.isEmpty ? root : "\(root).\(group)" }

    private static func split(_ name: String) -> (group: String, name: String) {
        guard let dot = name.lastIndex(of: ".") else { return ("", name) }
        return (String(name[..<dot]), String(name[name.index(after: dot)...]))
    }

    private static func requestName(_ operation: Operation) -> String { "auth0.request.\(operation.name)" }

    private static func request(_ operation: Operation) -> String {
        let name = requestName(operation)
        if let body = operation.body, body.fields.isEmpty, body.type != .object {
            let whole = Field(name: "body", type: body.type, items: body.items, ref: body.ref, anyOf: body.anyOf)
            return LuaCATSClass.alias(name, LuaCATSType(whole))
        }
        let isOpen = operation.hasOpenQuery || operation.body?.isOpen ?? false
        let fields = operation.query + (operation.body?.fields ?? [])
        return LuaCATSClass(
            name: name, fields: fields.filter(\.isRequired) + fields.filter { !$0.isRequired },
            withoutNull: Set(operation.query.map(\.name)), additional: isOpen ? .any : nil, isRequest: true
        ).text
    }

    private static func text(_ operation: Operation, of group: String) -> String {
        var text = "---`\(operation.verb.rawValue) \(operation.path)`"
        if !operation.scopes.isEmpty { text += " Scopes: \(operation.scopes.joined(separator: ", "))." }
        text += "\n"
        if let cap = operation.paging?.cap { text += "---\n---At most \(cap) results in all.\n" }
        if operation.verb == .delete { text += "---\n---Needs `--allow-delete`.\n" }
        if let hint = operation.hint { text += "---\n---Note: \(hint).\n" }
        text += "---\n---```lua\n---\(operation.example)\n---```\n"
        var names: [String] = []
        if let bearer = operation.bearerParameter {
            names.append(bearer)
            text += "---@param \(bearer) string\n"
        }
        for parameter in operation.pathParameters {
            names.append(parameter.name)
            text += "---@param \(parameter.name) \(LuaCATSType(parameter).text)\n"
        }
        if operation.takesRequest {
            names.append("request")
            text += "---@param request\(operation.requestIsOptional ? "?" : "") \(requestName(operation))\n"
        }
        names.append("options")
        text += "---@param options? auth0.CallOptions\n"
        text += results(operation)
        if operation.isDeprecated { text += "---@deprecated\n" }
        return text + "function \(group).\(split(operation.name).name)(\(names.joined(separator: ", "))) end\n"
    }

    private static func results(_ operation: Operation) -> String {
        if operation.buildsURL { return "---@return string url\n" }
        let response = "---@return auth0.Response response\n"
        if operation.paging != nil { return "---@return \(PageTypes.name(of: operation)) page\n" + response }
        guard let type = operation.response else { return "---@return nil\n" + response }
        if operation.isEventStream { return "---@return auth0.EventStream stream\n" + response }
        return "---@return \(LuaCATSType(named: type).text) answer\n" + response
    }
}
