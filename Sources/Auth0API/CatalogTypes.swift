// Where in a body the API expects a list: Lua has one kind of table, so an empty one does not say which it is.

/// One step into a body.
public enum PathComponent: Sendable, Hashable {
    case key(String)
    /// Any element of a list; which one makes no difference to its type.
    case index(Int)
}

extension Catalog {
    /// A place's possible types, with references followed and unions spread out.
    private enum Node: Hashable {
        case array(of: TypeName)
        case object(fields: [Field], additional: TypeName?)
        case map(of: TypeName)
        case other
    }

    /// Whether an empty table at that place of the body is sent as `[]`.
    ///
    /// True when the type there is an array, or a choice in which some alternative is an array and none is an object.
    /// False for places that the catalog does not know. An empty path means the body itself.
    public func isArray(at path: [PathComponent], in body: Body) -> Bool {
        var nodes = nodes(of: body)
        for component in path {
            nodes = Set(nodes.flatMap { step(component, into: $0) })
        }
        var hasArray = false
        for node in nodes {
            switch node {
            case .array: hasArray = true
            case .object, .map: return false
            case .other: break
            }
        }
        return hasArray
    }

    private func step(_ component: PathComponent, into node: Node) -> Set<Node> {
        switch (component, node) {
        case (.index, .array(let element)): nodes(of: element)
        case (.key(let key), .object(let fields, let additional)):
            if let field = fields.first(where: { $0.name == key || $0.wireName == key }) {
                nodes(of: field)
            } else {
                additional.map { nodes(of: $0) } ?? []
            }
        case (.key, .map(let value)): nodes(of: value)
        default: []
        }
    }

    private func nodes(of body: Body) -> Set<Node> {
        switch body.type {
        case .object: [.object(fields: body.fields, additional: nil)]
        default: nodes(of: body.type, items: body.items, ref: body.ref, anyOf: body.anyOf)
        }
    }

    private func nodes(of field: Field) -> Set<Node> {
        nodes(of: field.type, items: field.items, ref: field.ref, anyOf: field.anyOf)
    }

    private func nodes(of type: FieldType, items: String?, ref: String?, anyOf: [String]?) -> Set<Node> {
        let element = (items ?? ref).map { TypeName($0) } ?? .primitive("any")
        switch type {
        case .array: return [.array(of: element)]
        case .map: return [.map(of: element)]
        case .object: return ref.map { nodes(of: TypeName($0)) } ?? [.object(fields: [], additional: nil)]
        case .union: return Set((anyOf ?? ref.map { [$0] } ?? []).flatMap { nodes(of: TypeName($0)) })
        case .string, .number, .boolean, .file, .any: return [.other]
        }
    }

    private func nodes(of type: TypeName) -> Set<Node> {
        switch type {
        case .array(let element): return [.array(of: element)]
        case .map(let value): return [.map(of: value)]
        case .union(let alternatives): return Set(alternatives.flatMap { nodes(of: $0) })
        case .primitive(let name): return name == "object" ? [.object(fields: [], additional: nil)] : [.other]
        case .shape(let name):
            guard let shape = shape(name) else { return [] }
            if !shape.anyOf.isEmpty { return Set(shape.anyOf.flatMap { nodes(of: TypeName($0)) }) }
            return [.object(fields: shape.fields, additional: shape.additional.map { TypeName($0) })]
        }
    }
}
