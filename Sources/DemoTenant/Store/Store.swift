// Where a tenant's documents live: one SQLite database, in memory or in a file, reached through one serial queue.
import GRDB
import Synchronization

/// The database of one tenant.
///
/// Reads and writes run one after the other, so a read inside `write` sees what the write will find.
final class Store: Sendable {
    private let queue: DatabaseQueue
    private let counts = Counts()

    /// Opens the store, creating its tables when they are not there.
    /// - Parameter file: nil keeps everything in memory. A file is written through a journal: an acknowledged write
    ///   outlives the process.
    init(file: String?) throws {
        var configuration = Configuration()
        configuration.label = "luath.tenant"
        configuration.prepareDatabase { db in
            if file != nil {
                try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
            }
        }
        if let file {
            queue = try DatabaseQueue(path: file, configuration: configuration)
        } else {
            queue = try DatabaseQueue(configuration: configuration)
        }
        try queue.writeWithoutTransaction { db in try db.execute(sql: Self.tables) }
    }

    /// Runs `body` on the database without a transaction of its own.
    func read<T>(_ body: (Records) throws -> T) throws -> T {
        try queue.unsafeRead { db in try body(Records(db: db, counts: counts)) }
    }

    /// Runs `body` in a transaction; nothing it wrote stays when it throws.
    func write<T>(_ body: (Records) throws -> T) throws -> T {
        try queue.writeWithoutTransaction { db in
            var result: T?
            try db.inTransaction(.immediate) {
                result = try body(Records(db: db, counts: counts))
                return .commit
            }
            return result!
        }
    }

    /// Closes the database; later calls fail.
    func close() throws { try queue.close() }

    /// Documents that are pages of a list come out in the order of `seq`. `unique_key` is what may appear once in a
    /// collection (a role's name, a user's e-mail in a connection).
    private static let tables = """
        CREATE TABLE IF NOT EXISTS documents (
            seq INTEGER PRIMARY KEY, collection TEXT NOT NULL, parent TEXT NOT NULL, id TEXT NOT NULL,
            unique_key TEXT, email TEXT, document TEXT NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS documents_id ON documents (collection, parent, id);
        CREATE INDEX IF NOT EXISTS documents_order ON documents (collection, parent, seq);
        CREATE UNIQUE INDEX IF NOT EXISTS documents_unique ON documents (collection, parent, unique_key)
            WHERE unique_key IS NOT NULL;
        CREATE INDEX IF NOT EXISTS documents_created
            ON documents (collection, parent, json_extract(document, '$."created_at"'));
        CREATE INDEX IF NOT EXISTS documents_email ON documents (email) WHERE email IS NOT NULL;
        CREATE TABLE IF NOT EXISTS links (
            seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, owner TEXT NOT NULL, member TEXT NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS links_owner ON links (kind, owner, member);
        CREATE INDEX IF NOT EXISTS links_member ON links (kind, member, owner);
        CREATE TABLE IF NOT EXISTS passwords (user_id TEXT PRIMARY KEY, salt TEXT NOT NULL, digest TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        """
}

/// Sizes of collections, counted once and forgotten when one changes, since SQLite counts row by row.
final class Counts: Sendable {
    private let values = Mutex<[Place: Int]>([:])

    subscript(place: Place) -> Int? {
        get { values.withLock { $0[place] } }
        set { values.withLock { $0[place] = newValue } }
    }
    /// Forgets every size.
    func removeAll() { values.withLock { $0.removeAll() } }
}
