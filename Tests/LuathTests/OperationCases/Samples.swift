// Arguments made from the catalog's types: every kind of value that an operation can take.

import Auth0API

/// Makes values that fit fields.
struct Samples {
    enum Fill: String {
        /// Every field, lists with two elements, objects as deep as `depth`.
        case full
        /// Required fields only.
        case required
        /// Lists and objects empty, what may be null is null.
        case bare
    }
    let fill: Fill
    private static let depth = 5
    /// Needs encoding wherever it stands: in a path, a query, a form, JSON and a header of a multipart body.
    private static let odd = #"a b+c/ä€😀?&=#%41"\;"#

    static func text(_ name: String) -> String { "\(name) \(odd)" }

    /// The value of a field, or nil to leave it out.
    func value(_ field: Field, depth: Int = 0) -> Value? {
        switch fill {
        case .required where !field.isRequired: nil
        case .bare where !field.isRequired: bare(field, depth: depth)
        default: value(of: field, depth)
        }
    }

    /// Without the fields that would have no value.
    func values(_ fields: [Field], depth: Int = 0) -> [String: Value] {
        Dictionary(fields.compactMap { field in value(field, depth: depth).map { (field.name, $0) } }) { $1 }
    }

    private func bare(_ field: Field, depth: Int) -> Value? {
        switch field.type {
        case .array: return []
        case .map: return [:]
        case .object:
            guard depth < 3, let shape = field.ref.flatMap(Catalog.shared.shape) else { return [:] }
            return .object(values(shape.fields, depth: depth + 1))
        default: return field.isNullable ? .null : nil
        }
    }

    private func value(of field: Field, _ depth: Int) -> Value {
        if let text = field.values?.first { return field.type == .array ? [.string(text)] : .string(text) }
        let element = (field.items ?? field.ref).map { TypeName($0) } ?? .primitive("any")
        switch field.type {
        case .string: return .string(Self.text(field.name))
        case .number: return .number(field.minimum.map { $0 + 1 } ?? 2.5)
        case .boolean: return .boolean(field.name.utf8.count.isMultiple(of: 2))
        case .any: return value(of: .primitive("any"), field.name, depth)
        case .file: return [["email": .string("\(Self.odd)@example.com")]]
        case .array: return value(of: .array(element), field.name, depth)
        case .map: return value(of: .map(element), field.name, depth)
        case .object: return value(of: field.ref.map { TypeName($0) } ?? .primitive("object"), field.name, depth)
        case .union:
            let alternatives = field.anyOf ?? field.ref.map { [$0] } ?? ["array<string>"]
            return value(of: .union(alternatives.map { TypeName($0) }), field.name, depth)
        }
    }

    func value(of type: TypeName, _ name: String, _ depth: Int) -> Value {
        // Beyond the depth nothing is empty, so that it is plain whether it is a list.
        let isDeep = depth >= Self.depth
        switch type {
        case .primitive("null"): return .null
        case .primitive("number"): return .number(-7)
        case .primitive("boolean"): return .boolean(true)
        case .primitive("object"): return ["key": [.null, .number(1.5), ["deep": .boolean(false)]]]
        case .primitive("any"): return [.string(Self.text(name)), .null, ["key": .number(12)]]
        case .primitive: return .string(Self.text(name))
        case .array(let element):
            if isDeep { return ["deep"] }
            let first = value(of: element, name, depth + 1)
            return fill == .full ? [first, first] : [first]
        case .map(let value):
            let first = isDeep ? "deep" : self.value(of: value, name, depth + 1)
            return .object(["key": first, Self.odd: first])
        case .union(let alternatives):
            return value(of: alternatives.first ?? .primitive("any"), name, depth)
        case .shape(let name):
            guard !isDeep, let shape = Catalog.shared.shape(name) else { return ["deep": .null] }
            if let first = shape.anyOf.first { return value(of: TypeName(first), name, depth + 1) }
            var fields = values(shape.fields, depth: depth + 1)
            if let additional = shape.additional, fill == .full {
                fields[Self.odd] = value(of: TypeName(additional), "additional", depth + 1)
            }
            return fields.isEmpty ? ["empty": .null] : .object(fields)
        }
    }
}
