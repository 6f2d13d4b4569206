// A collection of the API whose items are made, read, changed and deleted by rules that all collections share.
import Auth0API

/// A path like `/clients` with items at `/clients/{id}`, as far as the catalog tells, and what it does not tell.
struct ItemCollection: Sendable {
    /// As in the catalog, with the names of parameters in braces.
    let path: String
    /// The member that holds an item's id.
    let idName: String
    /// The members that an item has.
    let itemFields: [String: Field]
    let traits: Traits

    /// nil where the catalog does not show a collection that can be filled: nothing creates its items, nothing reads
    /// or deletes them one by one, or an item is a link to something that exists elsewhere.
    init?(_ path: String, in table: RouteTable) {
        let items = table.itemOperations(path)
        guard let create = table.operation(.post, path), let body = create.body, body.type != .array,
            let anyItem = items[.get] ?? items[.patch] ?? items[.delete],
            let parameter = anyItem.pathParameters.last?.name
        else { return nil }
        let traits = Traits.of(path)
        guard !body.fields.contains(where: { $0.name == parameter && $0.isRequired }),
            let shape = [items[.get], create].lazy.compactMap({ $0?.response }).compactMap(Catalog.shared.shape).first
        else { return nil }
        let fields = Self.fields(of: shape)
        guard let idName = [traits.idName, parameter, "id"].compactMap(\.self).first(where: { fields[$0] != nil })
        else { return nil }
        self.path = path
        self.idName = idName
        self.traits = traits
        itemFields = fields
    }

    /// The fields of an object, or of all alternatives of a choice.
    private static func fields(of shape: Shape) -> [String: Field] {
        let shapes = [shape] + shape.anyOf.compactMap(Catalog.shared.shape)
        return Dictionary(shapes.flatMap(\.fields).map { ($0.name, $0) }) { first, _ in first }
    }

    /// Where the items are that belong to these parents.
    func place(_ parents: some Sequence<String>) -> Place {
        Place(collection: path, parent: parents.joined(separator: "/"))
    }

    /// The collection whose items are the parents of this one's, and the place of such a parent; nil at the top.
    func parent(_ parents: [String]) -> (place: Place, id: String)? {
        guard let id = parents.last, let brace = path.lastIndex(of: "{") else { return nil }
        let above = String(path[..<brace].dropLast())
        return (Place(collection: above, parent: parents.dropLast().joined(separator: "/")), id)
    }
}
