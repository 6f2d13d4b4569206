// Reads LuaCATS definitions strictly, so that tests can say what an editor finds in them.

import Foundation

/// Definitions of one or more files.
struct LuaCATS {
    struct Class {
        var parents: [String] = []
        /// Types by field, as they are written.
        var fields: [String: String] = [:]
        var functions: [String: Function] = [:]
        var calls: [String] = []
    }
    struct Function: Equatable {
        /// As they stand between the brackets.
        let arguments: String
        /// Types, as they are written.
        let results: [String]
    }
    private(set) var classes: [String: Class] = [:]
    private(set) var aliases: [String: String] = [:]
    private(set) var definedTwice: [String] = []
    private(set) var referenced: Set<String> = []
    private(set) var problems: [String] = []

    static let builtIn: Set = [
        "any", "nil", "string", "number", "integer", "boolean", "table", "thread", "function", "lightuserdata",
        "userdata", "self",
    ]
    var undefined: [String] {
        referenced.filter { classes[$0] == nil && aliases[$0] == nil && !Self.builtIn.contains($0) }.sorted()
    }

    init(_ text: String) {
        var current: String?, locals: [String: String] = [:], generics: Set<String> = [], alias: String?
        var results: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            func problem(_ what: String) { problems.append("\(what): \(line)") }
            if line.hasPrefix("---| "), let alias {
                aliases[alias, default: ""] += line.dropFirst(5).prefix { $0 != "#" }
                continue
            }
            guard line.hasPrefix("---@") else {
                if let name = current, line.hasSuffix(" = {}") {
                    locals[String(line.dropLast(5).replacing("local ", with: ""))] = name
                } else if line.hasPrefix("function ") {
                    let parts = line.dropFirst("function ".count).split(separator: "(", maxSplits: 1)
                    let path = parts[0].split { $0 == "." || $0 == ":" }.map(String.init)
                    if path.count == 2, let owner = locals[path[0]] {
                        classes[owner]?.functions[path[1]] = Function(
                            arguments: String(parts[1].prefix { $0 != ")" }), results: results)
                    } else if locals[path[0]] == nil {
                        problem("a function of nothing")
                    }
                }
                if !line.hasPrefix("---") {
                    current = nil
                    alias = nil
                    generics = []
                    results = []
                }
                continue
            }
            let tag = line.dropFirst(4).prefix { $0.isLetter }
            var rest = TypeExpression(line.dropFirst(4 + tag.count))
            rest.skipSpace()
            func use(_ type: inout TypeExpression) -> String {
                let start = type.rest
                guard type.parse() else {
                    problem("not a type")
                    return ""
                }
                referenced.formUnion(type.names.filter { !generics.contains($0) })
                return String(start[..<type.rest.startIndex])
            }
            switch tag {
            case "meta", "deprecated", "diagnostic": break
            case "class":
                _ = rest.take("(exact) ")
                let name = rest.word()
                if classes[name] != nil, !name.hasSuffix("Client") { definedTwice.append(name) }
                current = name
                if classes[name] == nil { classes[name] = Class() }
                if rest.take(": ") { classes[name]?.parents.append(use(&rest)) }
            case "alias":
                let name = rest.word()
                if aliases[name] != nil || classes[name] != nil { definedTwice.append(name) }
                rest.skipSpace()
                alias = name
                aliases[name] = rest.rest.isEmpty ? "" : use(&rest)
            case "field":
                let name: String
                if rest.take("[\"") {
                    name = String(rest.rest.prefix { $0 != "\"" })
                    _ = rest.take(name + "\"]")
                } else if rest.take("[string]") {
                    name = "[string]"
                } else {
                    name = rest.word()
                    _ = rest.take("?")
                }
                guard !name.isEmpty, rest.take(" "), let current else { problem("no field"); continue }
                if classes[current]?.fields[name] != nil { problem("a field twice") }
                classes[current]?.fields[name] = use(&rest)
            case "param":
                if !rest.take("...") { _ = rest.word() }
                _ = rest.take("?")
                guard rest.take(" ") else { problem("no parameter"); continue }
                _ = use(&rest)
            case "return": results.append(use(&rest))
            case "type": _ = use(&rest)
            case "overload":
                let call = use(&rest)
                if let current { classes[current]?.calls.append(call) }
            case "generic":
                for name in rest.rest.split(separator: ",") {
                    generics.insert(String(name.split(separator: ":")[0].trimmingCharacters(in: .whitespaces)))
                }
            default: problem("unknown annotation")
            }
        }
    }

    /// All functions that can be reached from a class through its fields, by dotted path.
    func functions(of name: String, path: String = "") -> [String: Function] {
        guard let found = classes[name] else { return [:] }
        var all: [String: Function] = [:]
        for (name, function) in found.functions { all[path + name] = function }
        for (field, type) in found.fields where type.hasPrefix("auth0.") {
            all.merge(functions(of: type, path: "\(path)\(field).")) { $1 }
        }
        return all
    }
}
