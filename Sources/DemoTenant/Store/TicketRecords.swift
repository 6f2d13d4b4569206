// What is handed out to be handed back: codes, refresh tokens, requests that wait for a person.
import GRDB

/// The kinds of ticket. Their documents live beside the collections of the API, under names that no path has.
enum Ticket: String, Sendable {
    case authorizationCode = "~code"
    case pushedRequest = "~pushed-request"
    case refreshToken = "~refresh-token"
    case deviceCode = "~device-code"
    case backchannelRequest = "~backchannel-request"
    case oneTimeCode = "~one-time-code"
    case mfaToken = "~mfa-token"
    case oobCode = "~oob-code"
    case authenticators = "~authenticators"
}

extension Records {
    /// The JSON text of a ticket and when it ends, in seconds since 1970; nil for one that was never made or is used up.
    func ticket(_ kind: Ticket, _ id: String) throws -> (document: String, expiresAt: Int)? {
        let statement = try db.cachedStatement(
            sql: "SELECT document, unique_key FROM documents WHERE collection = ? AND parent = '~' AND id = ?")
        return try Row.fetchOne(statement, arguments: [kind.rawValue, id]).map { row in
            // The end is followed by the id: unique keys must differ.
            let end: String = row[1]
            return (document: row[0], expiresAt: end.split(separator: " ").first.flatMap { Int($0) } ?? 0)
        }
    }

    /// Stores a ticket, in place of one with the same id.
    func setTicket(_ kind: Ticket, _ id: String, document: String, expiresAt: Int) throws {
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO documents (collection, parent, id, unique_key, document)
                VALUES (?, '~', ?, ?, ?)
                """
        ).execute(arguments: [kind.rawValue, id, "\(expiresAt) \(id)", document])
    }

    /// Uses a ticket up.
    func removeTicket(_ kind: Ticket, _ id: String) throws {
        try db.cachedStatement(sql: "DELETE FROM documents WHERE collection = ? AND parent = '~' AND id = ?")
            .execute(arguments: [kind.rawValue, id])
    }
}
