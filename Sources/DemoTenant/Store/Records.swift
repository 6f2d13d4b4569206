// The statements that operations are made of. All SQL about documents, links, passwords and settings is in this folder.
import GRDB

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A collection, or the part of it that belongs to one parent (the discovery domains of one organization).
struct Place: Sendable, Hashable {
    /// The collection's path in the catalog: `/clients`.
    let collection: String
    /// Ids of the parents, joined by `/`; empty for a collection at the top.
    var parent = ""
}

/// A document with the columns by which it is found.
struct Entry {
    var id: String
    var uniqueKey: String?
    var email: String?
    /// JSON text.
    var document: String
}

/// Another document already has the id or the unique key.
struct DuplicateError: Error {}

/// The tables, for the length of one `Store.read` or `Store.write`.
struct Records {
    let db: Database
    let counts: Counts

    // MARK: Documents

    /// The JSON text of one document, or nil.
    func document(_ id: String, in place: Place) throws -> String? {
        let statement = try db.cachedStatement(
            sql: "SELECT document FROM documents WHERE collection = ? AND parent = ? AND id = ?")
        return try String.fetchOne(statement, arguments: [place.collection, place.parent, id])
    }

    /// The id of the document with that unique key, or nil.
    func id(uniqueKey: String, in place: Place) throws -> String? {
        let statement = try db.cachedStatement(
            sql: "SELECT id FROM documents WHERE collection = ? AND parent = ? AND unique_key = ?")
        return try String.fetchOne(statement, arguments: [place.collection, place.parent, uniqueKey])
    }

    /// Adds a document at the end of its place.
    /// - Throws: `DuplicateError` where its id or unique key is taken.
    func insert(_ entry: Entry, in place: Place) throws {
        counts[place] = nil
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO documents (collection, parent, id, unique_key, email, document) VALUES (?, ?, ?, ?, ?, ?)
                """)
        try unique {
            try statement.execute(arguments: [
                place.collection, place.parent, entry.id, entry.uniqueKey, entry.email, entry.document,
            ])
        }
    }

    /// Replaces a document that is there.
    /// - Throws: `DuplicateError` where its unique key is taken by another.
    func replace(_ entry: Entry, in place: Place) throws {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE documents SET unique_key = ?, email = ?, document = ?
                WHERE collection = ? AND parent = ? AND id = ?
                """)
        try unique {
            try statement.execute(arguments: [
                entry.uniqueKey, entry.email, entry.document, place.collection, place.parent, entry.id,
            ])
        }
    }

    /// Removes a document, everything below it and every link to it. Returns whether it was there.
    func delete(_ id: String, in place: Place) throws -> Bool {
        counts.removeAll()
        try db.cachedStatement(sql: "DELETE FROM documents WHERE collection = ? AND parent = ? AND id = ?")
            .execute(arguments: [place.collection, place.parent, id])
        guard db.changesCount > 0 else { return false }
        let below = place.parent.isEmpty ? id : "\(place.parent)/\(id)"
        try db.cachedStatement(
            sql: """
                DELETE FROM documents WHERE collection > ?1 || '/' AND collection < ?1 || '0'
                AND (parent = ?2 OR substr(parent, 1, length(?2) + 1) = ?2 || '/')
                """
        ).execute(arguments: [place.collection, below])
        try db.cachedStatement(sql: "DELETE FROM links WHERE owner = ?1 OR member = ?1").execute(arguments: [id])
        try db.cachedStatement(sql: "DELETE FROM passwords WHERE user_id = ?").execute(arguments: [id])
        return true
    }

    /// Removes the documents of a place whose member `name` is `value`.
    func delete(where name: String, is value: String, in place: Place) throws {
        counts[place] = nil
        try db.cachedStatement(
            sql: "DELETE FROM documents WHERE collection = ? AND parent = ? AND json_extract(document, ?) = ?"
        ).execute(arguments: [place.collection, place.parent, "$.\(name)", value])
    }

    /// How many documents of the place pass the selection.
    func count(_ place: Place, _ selection: Selection = Selection()) throws -> Int {
        if selection.isEverything, let known = counts[place] { return known }
        let statement = try db.cachedStatement(
            sql: "SELECT count(*) FROM documents WHERE collection = ? AND parent = ?\(selection.conditionText)")
        let count =
            try Int.fetchOne(statement, arguments: [place.collection, place.parent] + selection.arguments) ?? 0
        if selection.isEverything { counts[place] = count }
        return count
    }

    /// Calls `body` with the position and the bytes of each document of a page, in order.
    /// - Parameters:
    ///   - after: only documents with a greater position; 0 for all.
    func page(
        _ place: Place, _ selection: Selection = Selection(), after: Int64 = 0, offset: Int = 0, limit: Int,
        _ body: (Int64, Data) throws -> Void
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                SELECT seq, document FROM documents WHERE collection = ? AND parent = ?\(selection.conditionText)
                AND seq > ? ORDER BY \(selection.order) LIMIT ? OFFSET ?
                """)
        let arguments =
            [place.collection, place.parent] + selection.arguments
            + [after, limit, offset] as StatementArguments
        let rows = try Row.fetchCursor(statement, arguments: arguments)
        while let row = try rows.next() {
            try row.withUnsafeData(atIndex: 1) { data in try body(row[0], data ?? Data()) }
        }
    }

    private func unique(_ body: () throws -> Void) throws {
        do { try body() } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            throw DuplicateError()
        }
    }
}
