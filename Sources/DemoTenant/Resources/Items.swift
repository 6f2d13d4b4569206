// Items of every collection: read, made, changed and deleted by the same rules.
import Auth0API

extension Tenant {
    /// Answers one item.
    func get(_ collection: ItemCollection, _ invocation: Invocation) throws -> Answer {
        var projection = try ListQuery(invocation.call, invocation.operation).projection
        projection.hide(invocation.hidden(collection.traits))
        let document = try store.read { try find(collection, invocation, $0).document }
        guard !projection.isEverything, let object = try JSON(text: document).object else {
            return Answer(status: invocation.successStatus, body: Array(document.utf8))
        }
        return Answer(status: invocation.successStatus, .object(projection(object)))
    }

    /// Makes an item.
    func create(_ collection: ItemCollection, _ invocation: Invocation) throws -> Answer {
        let body = try invocation.body()
        return try store.write { records in
            try checkParent(collection, invocation.arguments, records)
            let place = collection.place(invocation.arguments)
            let made = try make(collection, body, records)
            let entry = entry(collection, made)
            do { try records.insert(entry, in: place) } catch is DuplicateError { throw collection.traits.conflict }
            if collection.path == "/users", let password = body["password"]?.string {
                try setPassword(of: entry.id, Secret(password), records)
            }
            return shown(made, collection, invocation)
        }
    }

    /// Changes an item: PATCH merges, PUT replaces.
    func change(_ collection: ItemCollection, _ invocation: Invocation, replacing: Bool) throws -> Answer {
        let body = try invocation.body()
        return try store.write { records in
            let (id, place, document) = try find(collection, invocation, records)
            var object = try JSON(text: document).object ?? [:]
            if replacing {
                let kept = Set([collection.idName, "created_at"])
                object = JSON.Object(object.members.filter { kept.contains($0.name) })
            }
            for (name, value) in body.members where collection.itemFields[name] != nil {
                object[name] = merge(value, into: object[name], deep: collection.traits.merged.contains(name))
            }
            tidy(&object, collection)
            if collection.itemFields["updated_at"] != nil { object["updated_at"] = .string(timestamp) }
            var entry = entry(collection, object)
            entry.id = id
            do { try records.replace(entry, in: place) } catch is DuplicateError { throw collection.traits.conflict }
            if collection.path == "/users", let password = body["password"]?.string {
                try setPassword(of: id, Secret(password), records)
            }
            return shown(object, collection, invocation)
        }
    }

    /// Deletes an item and what belongs to it.
    func delete(_ collection: ItemCollection, _ invocation: Invocation) throws -> Answer {
        try store.write { records in
            do {
                let (id, place, _) = try find(collection, invocation, records)
                _ = try records.delete(id, in: place)
                for (path, name) in collection.traits.cascades {
                    try records.delete(where: name, is: id, in: Place(collection: path))
                }
            } catch let refusal as Refusal where refusal.answer.status == 404 && collection.traits.deletesQuietly {}
            return Answer(status: invocation.operation.successStatus.contains(204) ? 204 : invocation.successStatus)
        }
    }

    /// The item that the path names, by id or by its alias.
    func find(
        _ collection: ItemCollection, _ invocation: Invocation, _ records: Records
    ) throws -> (id: String, place: Place, document: String) {
        let place = collection.place(invocation.arguments.dropLast())
        var id = invocation.arguments[invocation.arguments.count - 1]
        if let document = try records.document(id, in: place) { return (id, place, document) }
        if collection.traits.alias != nil, let other = try records.id(uniqueKey: id, in: place) { id = other }
        guard let document = try records.document(id, in: place) else { throw collection.traits.notFound }
        return (id, place, document)
    }

    /// The columns of a document.
    func entry(_ collection: ItemCollection, _ object: JSON.Object) -> Entry {
        var entry = Entry(
            id: object[collection.idName]?.string ?? "", document: JSON.object(object).text)
        if collection.path == "/users" {
            entry.email = object["email"]?.string?.lowercased()
            let connection = object["identities"]?.array?.first?.object?["connection"]?.string ?? ""
            // Users of the connection sms have no e-mail.
            let name = entry.email ?? object["phone_number"]?.string
            entry.uniqueKey = name.map { "\(connection)\u{1}\($0)" }
        } else {
            let parts = collection.traits.unique.map { object[$0]?.string }
            if !parts.isEmpty, !parts.contains(nil) {
                entry.uniqueKey = parts.compactMap(\.self).joined(separator: "\u{1}")
            }
        }
        return entry
    }

    /// null removes; an object that merges does so member by member, and an empty one empties it.
    private func merge(_ value: JSON, into old: JSON?, deep: Bool) -> JSON? {
        if value == .null { return nil }
        guard deep, let new = value.object else { return value }
        var merged = new.members.isEmpty ? [:] : old?.object ?? [:]
        for (name, value) in new.members { merged[name] = value == .null ? nil : value }
        return .object(merged)
    }

    private func shown(_ object: JSON.Object, _ collection: ItemCollection, _ invocation: Invocation) -> Answer {
        var projection = Projection.all
        if invocation.operation.verb != .post { projection.hide(invocation.hidden(collection.traits)) }
        return Answer(status: invocation.successStatus, .object(projection(object)))
    }
}
