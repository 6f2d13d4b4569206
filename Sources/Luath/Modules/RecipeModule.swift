// The module `recipe`: what a recipe declares, and its parameters from a command line.

import Auth0API
import LuaHost

/// A recipe's description.
public struct RecipeDescription: Sendable {
    /// One declared parameter.
    public struct Parameter: Sendable {
        /// As the recipe calls it.
        public let name: String
        /// `string`, `number`, `integer` or `boolean`.
        public let type: String
        public let isRequired: Bool
        public let help: String
        public let defaultValue: LuaValue
        /// The allowed texts; empty allows all.
        public let values: [String]
        /// As it is given: `client_id` is `--client-id`.
        public var option: String { "--" + name.map { $0 == "_" ? "-" : String($0) }.joined() }
    }
    public let name: String
    public let summary: String
    /// In the order of their names, required ones first.
    public let parameters: [Parameter]
    /// What the recipe may call is covered by these; nil where it does not say, and is not limited.
    public let scopes: [String]?
    /// What it needs to be allowed, as options: `--allow-write=FILE`.
    public let permissions: [String]

    init(_ value: LuaValue) {
        name = value["name"]?.string ?? ""
        summary = value["summary"]?.string ?? ""
        scopes = value["scopes"].map(\.strings)
        permissions =
            ["read", "write", "env", "net"].flatMap { name in
                (value["permissions"]?[name]?.strings ?? []).map { "--allow-\(name)=\($0)" }
            } + (value["permissions"]?["delete"]?.boolean == true ? ["--allow-delete"] : [])
        var parameters: [Parameter] = []
        if case .table(let fields)? = value["params"] {
            for (name, declared) in fields {
                parameters.append(
                    Parameter(
                        name: name, type: declared["type"]?.string ?? "string",
                        isRequired: declared["required"]?.boolean ?? false, help: declared["help"]?.string ?? "",
                        defaultValue: declared["default"] ?? .nil, values: declared["values"]?.strings ?? []))
            }
        }
        self.parameters = parameters.sorted { ($0.isRequired ? 0 : 1, $0.name) < ($1.isRequired ? 0 : 1, $1.name) }
    }

    /// What `--help` prints.
    public var help: String {
        let usage = parameters.map { parameter in
            let text = parameter.type == "boolean" ? parameter.option : "\(parameter.option) \(parameter.type)"
            return parameter.isRequired ? text : "[\(text)]"
        }
        var text = "\(summary)\n\nUsage: luath run [options] \(name) \(usage.joined(separator: " "))\n"
        if !parameters.isEmpty {
            let width = parameters.map(\.option.count).max() ?? 0
            text += "\nParameters:\n"
            for parameter in parameters {
                var notes: [String] = parameter.help.isEmpty ? [] : [parameter.help]
                if parameter.isRequired { notes.append("(required)") }
                if !parameter.values.isEmpty { notes.append("(one of \(parameter.values.joined(separator: ", ")))") }
                if let value = parameter.defaultValue.shown { notes.append("(default: \(value))") }
                let padding = String(repeating: " ", count: width - parameter.option.count)
                text += "  \(parameter.option)\(padding)  \(notes.joined(separator: " "))\n"
            }
        }
        if let scopes { text += "\nScopes: \(scopes.isEmpty ? "none" : scopes.joined(separator: ", "))\n" }
        if !permissions.isEmpty { text += "\nPermissions: \(permissions.joined(separator: " "))\n" }
        return text
    }

    /// The parameters' values, or nil when help was asked for.
    ///
    /// - Throws: `LuaError` of kind `usage` that names the option and the nearest right one.
    func values(from arguments: [String]) throws(LuaError) -> [(key: String, value: LuaValue)]? {
        var values: [(key: String, value: LuaValue)] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--help" || argument == "-h" { return nil }
            if argument == "--" { continue }
            guard argument.hasPrefix("--") else { throw usage("unexpected argument '\(argument)'") }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let parameter = parameters.first(where: { $0.option == parts[0] }) else {
                let near = Spelling.nearest(to: parts[0], among: parameters.map(\.option), limit: 1).first
                throw usage("unknown option '\(parts[0])'" + (near.map { " (did you mean '\($0)'?)" } ?? ""))
            }
            if values.contains(where: { $0.key == parameter.name }) { throw usage("'\(parts[0])' is given twice") }
            let text: String
            if parts.count == 2 {
                text = parts[1]
            } else if parameter.type == "boolean" {
                text = rest.first.map { !$0.hasPrefix("-") } == true ? rest.removeFirst() : "true"
            } else {
                guard let next = rest.popFirst() else { throw usage("'\(parts[0])' needs a value") }
                text = next
            }
            if text.isEmpty, parameter.isRequired { throw usage("'\(parameter.option)' is empty") }
            values.append((parameter.name, try value(text, parameter)))
        }
        for parameter in parameters where !values.contains(where: { $0.key == parameter.name }) {
            if parameter.isRequired { throw usage("'\(parameter.option)' is missing") }
            if !parameter.defaultValue.isNil { values.append((parameter.name, parameter.defaultValue)) }
        }
        return values
    }

    private func value(_ text: String, _ parameter: Parameter) throws(LuaError) -> LuaValue {
        if !parameter.values.isEmpty, !parameter.values.contains(text) {
            throw usage(
                "'\(parameter.option)' must be one of \(parameter.values.joined(separator: ", ")), got '\(text)'")
        }
        switch parameter.type {
        case "number":
            guard let number = Double(text), number.isFinite else {
                throw usage("'\(parameter.option)' must be a number, got '\(text)'")
            }
            return .number(number)
        case "integer":
            guard let number = Int64(text) else {
                throw usage("'\(parameter.option)' must be a whole number, got '\(text)'")
            }
            return .integer(number)
        case "boolean":
            guard text == "true" || text == "false" else {
                throw usage("'\(parameter.option)' must be true or false, got '\(text)'")
            }
            return .boolean(text == "true")
        default: return .string(text)
        }
    }

    func usage(_ message: String) -> LuaError {
        LuaError(
            name: "UsageError", kind: "usage", message: "\(name): \(message)",
            fields: [("hint", .string("luath run \(name) --help lists the parameters"))])
    }
}

extension LuaValue {
    var strings: [String] {
        if case .array(let items) = self { return items.compactMap(\.string) }
        return []
    }
    fileprivate var shown: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .boolean(let flag): String(flag)
        default: nil
        }
    }
}

/// What the Lua parts of recipes are built on.
struct RecipeModule: Sendable {
    /// Gets the description of the recipe that a script gave back; false keeps it from being run.
    let found: @Sendable (RecipeDescription) -> Bool
    let scopes: RecipeScopes
    let print: @Sendable (UnsafeRawBufferPointer) -> Void

    /// `nearest(name, table)`: advice for a misspelt key.
    var nearest: HostFunction {
        HostFunction("nearest") { call in
            let near = Spelling.nearest(to: call.string(1) ?? "", among: call.keys(of: 2).sorted(), limit: 1).first
            try call.stack.push(near.map { " (did you mean '\($0)'?)" } ?? "")
            return .values(1)
        }
    }

    /// `parameters(description, ...)`: the values that the arguments give, or nil after help was printed.
    var parameters: HostFunction {
        HostFunction("parameters") { call in
            let description = RecipeDescription(call.value(1))
            try scopes.limit(to: description)
            guard found(description) else { return .values(0) }
            let arguments = try (2..<max(2, call.count + 1)).map { position in
                guard let text = call.string(position) else {
                    throw description.usage("arguments are texts, got \(call.type(position).name)")
                }
                return text
            }
            guard let values = try description.values(from: arguments) else {
                var help = description.help
                help.withUTF8 { print(UnsafeRawBufferPointer($0)) }
                return .values(0)
            }
            try call.stack.push(.table(values))
            return .values(1)
        }
    }
}
