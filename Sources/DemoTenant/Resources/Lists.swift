// Lists of every collection: the stored bytes of the documents go into the answer as they are, unless the query or the token
// hides members.
import Auth0API

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Tenant {
    /// Answers a list of a collection.
    func list(_ collection: ItemCollection, _ invocation: Invocation) throws -> Answer {
        var query = try ListQuery(invocation.call, invocation.operation)
        query.projection.hide(invocation.hidden(collection.traits))
        let selection = try selection(query.rest, collection, invocation.operation)
        return try store.read { records in
            try checkParent(collection, invocation.arguments, records)
            return try page(query, selection, collection.place(invocation.arguments), invocation, records)
        }
    }

    /// One page of a place, in the form that the operation answers in.
    func page(
        _ query: ListQuery, _ selection: Selection, _ place: Place, _ invocation: Invocation, _ records: Records
    ) throws -> Answer {
        let operation = invocation.operation
        let form = ListForm(operation)
        var output: [UInt8] = []
        output.reserveCapacity(1 << 16)
        var count = 0
        var last: Int64 = 0
        let emit: (Int64, Data) throws -> Void = { position, document in
            if count > 0 { output.append(UInt8(ascii: ",")) }
            if query.projection.isEverything {
                output.append(contentsOf: document)
            } else if let object = try JSON(document).object {
                JSON.object(query.projection(object)).write(to: &output)
            }
            count += 1
            last = position
        }
        switch query.page {
        case .everything:
            form.open(&output, bare: form.key == nil)
            try records.page(place, selection, limit: -1, emit)
            form.close(&output, bare: form.key == nil, [])
        case .offset(let page, let size):
            let bare = form.key == nil || (form.hasTotals && !query.includesTotals)
            form.open(&output, bare: bare)
            try records.page(place, selection, offset: page * size, limit: size, emit)
            let total = bare ? 0 : try records.count(place, selection)
            form.close(
                &output, bare: bare,
                [
                    ("start", page * size), ("limit", size), ("length", count), ("total", total), ("page", page),
                    ("per_page", size),
                ])
        case .checkpoint(let after, let size):
            form.open(&output, bare: false)
            try records.page(place, selection, after: after, limit: size, emit)
            var more = false
            if count == size { try records.page(place, selection, after: last, limit: 1) { _, _ in more = true } }
            form.close(&output, next: more ? ListQuery.cursor(last) : nil)
        }
        return Answer(status: invocation.successStatus, body: output)
    }

    /// What the other parameters of a list select, and how they sort.
    private func selection(
        _ parameters: [(name: String, values: [String])], _ collection: ItemCollection, _ operation: Auth0API.Operation
    ) throws -> Selection {
        var selection = Selection()
        for (name, values) in parameters {
            let value = values[values.count - 1]
            switch (collection.path, name) {
            case ("/users", "q"): if !value.isEmpty { try UserSearch.apply(value, to: &selection) }
            case ("/users", "search_engine"), ("/users", "primary_order"): break
            case ("/users", "connection"): selection.keep(anyOf: "identities", where: "connection", equals: value)
            case ("/clients", "is_global"): selection.keep("global", equals: value)
            case (_, "name_filter"): selection.keep("name", contains: value)
            case (_, "sort"):
                let parts = value.split(separator: ":")
                guard let field = parts.first else { continue }
                selection.sort(by: String(field), descending: parts.last == "-1")
            default:
                guard collection.itemFields[name] != nil else {
                    throw Refusal.notThereYet("\(operation.name) { \(name) }")
                }
                selection.keep(name, isOneOf: values.flatMap { $0.split(separator: ",").map(String.init) })
            }
        }
        return selection
    }

    /// Refuses a path whose parent (an organization, a client) is not there.
    func checkParent(_ collection: ItemCollection, _ parents: [String], _ records: Records) throws {
        guard let (place, id) = collection.parent(parents) else { return }
        guard try records.document(id, in: place) != nil else { throw Traits.of(place.collection).notFound }
    }
}
