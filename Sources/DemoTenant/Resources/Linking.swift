// Listing, adding and removing links between two things: a role's users, an organization's members.
import Auth0API

extension Tenant {
    /// Answers an operation on one end of a relation.
    func links(_ relation: Relation, _ invocation: Invocation) throws -> Answer {
        let near = Place(collection: relation.near)
        let id = invocation.arguments[0]
        switch invocation.operation.verb {
        case .get:
            var query = try ListQuery(invocation.call, invocation.operation)
            guard query.rest.isEmpty else {
                throw Refusal.notThereYet("\(invocation.operation.name) { \(query.rest[0].name) }")
            }
            if let names = itemNames(invocation.operation) { query.projection.restrict(to: names) }
            var selection = Selection()
            selection.keep(linked: relation.kind, to: id, asOwner: relation.nearIsOwner)
            return try store.read { records in
                guard try records.document(id, in: near) != nil else { throw Traits.of(relation.near).notFound }
                return try page(query, selection, Place(collection: relation.far), invocation, records)
            }
        case .post, .delete:
            let ids = try invocation.body()[relation.bodyName]?.array?.compactMap(\.string) ?? []
            return try store.write { records in
                guard try records.document(id, in: near) != nil else { throw Traits.of(relation.near).notFound }
                for other in ids {
                    let (owner, member) = relation.nearIsOwner ? (id, other) : (other, id)
                    if invocation.operation.verb == .delete {
                        try records.unlink(relation.kind, owner: owner, member: member)
                        continue
                    }
                    guard try records.document(other, in: Place(collection: relation.far)) != nil else {
                        throw Traits.of(relation.far).notFound
                    }
                    try records.link(relation.kind, owner: owner, member: member)
                }
                return Answer(status: invocation.successStatus)
            }
        default: throw Refusal.notThereYet(invocation.operation.name)
        }
    }

    /// The members that the items of a list have, by the shape of the answer.
    private func itemNames(_ operation: Auth0API.Operation) -> [String]? {
        let shape = operation.response.flatMap(Catalog.shared.shape)
        let list = shape?.fields.first { $0.name == operation.paging?.listKey }
        return (list?.ref ?? list?.items).flatMap(Catalog.shared.shape)?.fields.map(\.name)
    }

    /// Answers an operation that follows no rule.
    func perform(_ special: Special, _ invocation: Invocation) throws -> Answer {
        switch special {
        case .usersByEmail:
            guard let email = invocation.call.query("email") else {
                throw Refusal.badQuery("'Missing required property: email'")
            }
            let query = try ListQuery(invocation.call, invocation.operation)
            var selection = Selection()
            selection.keep(email: email)
            return try store.read {
                try page(query, selection, Place(collection: "/users"), invocation, $0)
            }
        case .organizationByName:
            let place = Place(collection: "/organizations")
            return try store.read { records in
                guard let id = try records.id(uniqueKey: invocation.arguments[0], in: place),
                    let document = try records.document(id, in: place)
                else { throw Traits.of("/organizations").notFound }
                return Answer(status: 200, body: Array(document.utf8))
            }
        case .rotateSecret:
            let place = Place(collection: "/clients")
            let id = invocation.arguments[0]
            return try store.write { records in
                guard let document = try records.document(id, in: place), var client = try JSON(text: document).object
                else { throw Traits.of("/clients").notFound }
                client["client_secret"] = .string(Self.newID(.alphanumeric(64)))
                let text = JSON.object(client).text
                try records.replace(Entry(id: id, document: text), in: place)
                return Answer(status: invocation.successStatus, body: Array(text.utf8))
            }
        }
    }
}
