// Types of the catalog as LuaCATS writes them, the annotations that lua-language-server and EmmyLua read.

import Auth0API

/// One LuaCATS type.
struct LuaCATSType {
    let text: String
    /// Whether a list of it needs brackets around it.
    private let isUnion: Bool

    private init(_ text: String, isUnion: Bool = false) {
        self.text = text
        self.isUnion = isUnion
    }

    static let any = LuaCATSType("any")

    /// The type of a field that is there; `nil` and null are for the field to say.
    init(_ field: Field) {
        let element = field.items ?? field.ref
        if let values = field.values, !values.isEmpty {
            let listed = LuaCATSType(values.map { "\"\($0)\"" }.joined(separator: "|"), isUnion: values.count > 1)
            self = field.type == .array ? listed.list : listed
            return
        }
        switch field.type {
        case .string: self.init("string")
        // A path, JSON text, or what becomes JSON.
        case .file: self.init("string|table[]", isUnion: true)
        case .number: self.init("number")
        case .boolean: self.init("boolean")
        case .any: self = .any
        case .array: self = LuaCATSType(named: element).list
        case .map: self.init("table<string, \(LuaCATSType(named: element).text)>")
        case .object: self = field.ref.map { LuaCATSType(named: $0) } ?? .table
        case .union: self = LuaCATSType(anyOf: field.anyOf ?? field.ref.map { [$0] } ?? [])
        }
    }

    /// A type by its name in the catalog; nil is any value.
    init(named name: String?) { self.init(name.map { TypeName($0) } ?? .primitive("any")) }

    init(anyOf names: [String]) { self.init(.union(names.map { TypeName($0) })) }

    private init(_ type: TypeName) {
        switch type {
        case .primitive("object"): self = .table
        case .primitive("null"): self = .null
        case .primitive("text"): self.init("string")
        case .primitive(let name): self.init(name)
        case .shape(let name): self.init(LuaCATSClass.name(ofShape: name))
        case .array(let element): self = LuaCATSType(element).list
        case .map(let value): self.init("table<string, \(LuaCATSType(value).text)>")
        case .union(let alternatives):
            let texts = alternatives.map { LuaCATSType($0).text }
            self = texts.isEmpty ? .any : LuaCATSType(texts.joined(separator: "|"), isUnion: texts.count > 1)
        }
    }

    private static let table = LuaCATSType("table<string, any>")
    private static let null = LuaCATSType("json.Null")

    var list: LuaCATSType { LuaCATSType(isUnion ? "(\(text))[]" : "\(text)[]") }
    var orNull: LuaCATSType { self.text == "any" ? self : LuaCATSType("\(text)|json.Null", isUnion: true) }
}
