// Links between documents (a role's users, an organization's members), passwords and settings.
import GRDB

extension Records {
    /// Adds a link; one that is there stays.
    func link(_ kind: String, owner: String, member: String) throws {
        try db.cachedStatement(sql: "INSERT OR IGNORE INTO links (kind, owner, member) VALUES (?, ?, ?)")
            .execute(arguments: [kind, owner, member])
    }

    /// Removes a link; one that is not there is no error.
    func unlink(_ kind: String, owner: String, member: String) throws {
        try db.cachedStatement(sql: "DELETE FROM links WHERE kind = ? AND owner = ? AND member = ?")
            .execute(arguments: [kind, owner, member])
    }

    /// Whether there is such a link.
    func isLinked(_ kind: String, owner: String, member: String) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: "SELECT 1 FROM links WHERE kind = ? AND owner = ? AND member = ?")
        return try Int.fetchOne(statement, arguments: [kind, owner, member]) != nil
    }

    /// The salt and digest of a user's own password; nil for a user who still has the password of the seed.
    func password(of user: String) throws -> (salt: String, digest: String)? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT salt, digest FROM passwords WHERE user_id = ?"), arguments: [user]
        ).map { (salt: $0[0], digest: $0[1]) }
    }

    /// Stores a password's salt and digest.
    func setPassword(of user: String, salt: String, digest: String) throws {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO passwords (user_id, salt, digest) VALUES (?, ?, ?)")
            .execute(arguments: [user, salt, digest])
    }

    /// A setting of the tenant itself, or nil.
    func setting(_ name: String) throws -> String? {
        try String.fetchOne(
            db.cachedStatement(sql: "SELECT value FROM settings WHERE name = ?"), arguments: [name])
    }

    /// Stores a setting.
    func setSetting(_ name: String, _ value: String) throws {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)")
            .execute(arguments: [name, value])
    }
}
