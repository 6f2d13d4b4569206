// Classes of editor types: one for each shape, and one for each request.

import Auth0API

/// One LuaCATS class, or an alias where there are no fields to name.
struct LuaCATSClass {
    let name: String
    var fields: [Field] = []
    /// Names of fields for which null says the same as leaving them out.
    var withoutNull: Set<String> = []
    /// What keys outside `fields` hold; nil when there are none.
    var additional: LuaCATSType?
    /// Whether only a caller makes it, so that an unknown key is a mistake.
    var isRequest = false

    /// `auth0.User`: characters that no class name can have become `_`.
    static func name(ofShape name: String) -> String {
        "auth0." + name.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "." ? String($0) : "_" }.joined()
    }

    static func text(of shape: Shape) -> String {
        let name = name(ofShape: shape.name)
        if !shape.anyOf.isEmpty { return alias(name, LuaCATSType(anyOf: shape.anyOf)) }
        // The API documents nothing of it, which is no reason to complain about its fields.
        if shape.fields.isEmpty { return alias(name, LuaCATSType(named: "map<\(shape.additional ?? "any")>")) }
        return LuaCATSClass(
            name: name, fields: shape.fields, additional: shape.additional.map { LuaCATSType(named: $0) }
        ).text
    }

    static func alias(_ name: String, _ type: LuaCATSType) -> String { "---@alias \(name) \(type.text)\n" }

    var text: String {
        var text = "---@class \(isRequest && additional == nil ? "(exact) " : "")\(name)\n"
        for field in fields { text += line(field) }
        if let additional { text += "---@field [string] \(additional.text)\n" }
        return text
    }

    private func line(_ field: Field) -> String {
        let base = LuaCATSType(field)
        let type = field.isNullable && !withoutNull.contains(field.name) ? base.orNull.text : base.text
        let note = field.limits.map { " \($0)" } ?? ""
        if Self.isPlain(field.name) { return "---@field \(field.name)\(field.isRequired ? "" : "?") \(type)\(note)\n" }
        return "---@field [\"\(field.name)\"] \(type)\(field.isRequired ? "" : "|nil")\(note)\n"
    }

    /// Whether a name can stand for itself, in Lua after a dot and in a `---@field` line.
    static func isPlain(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, first.isASCII, !reserved.contains(name) else { return false }
        return !("0"..."9").contains(first)
            && name.unicodeScalars.allSatisfy {
                $0 == "_" || $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0)
            }
    }

    /// Lua's keywords, and words that `---@field` takes for itself.
    static let reserved: Set = [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
        "not", "or", "repeat", "return", "then", "true", "until", "while", "private", "protected", "public", "package",
    ]
}
