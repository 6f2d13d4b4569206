// Tickets as the grants use them: made for a time, found while they last, used once.

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Tenant {
    /// A ticket that was found.
    struct Found {
        var content: JSON.Object
        var isExpired: Bool
        fileprivate var expiresAt: Int
    }

    /// The tenant's time, in seconds since 1970.
    var seconds: Int { Int(options.now().timeIntervalSince1970) }

    /// Makes a ticket.
    /// - Parameters:
    ///   - id: nil makes one up.
    ///   - lifetime: in seconds.
    /// - Returns: its id.
    func makeTicket(_ kind: Ticket, _ content: JSON.Object, lifetime: Int, id: String? = nil) throws -> String {
        let id = id ?? Self.newID(.alphanumeric(43))
        let expiresAt = seconds + lifetime
        try store.write {
            try $0.setTicket(kind, id, document: JSON.object(content).text, expiresAt: expiresAt)
        }
        return id
    }

    /// A ticket as it is; nil for one that was never made or is used up.
    func findTicket(_ kind: Ticket, _ id: String?) throws -> Found? {
        guard let id, let found = try store.read({ try $0.ticket(kind, id) }) else { return nil }
        return try read(found)
    }

    /// Uses a ticket up; nil as well for one that has expired, so that no two callers get it.
    func takeTicket(_ kind: Ticket, _ id: String?) throws -> JSON.Object? {
        guard let id else { return nil }
        let found = try store.write { records in
            let found = try records.ticket(kind, id)
            try records.removeTicket(kind, id)
            return found
        }
        return try found.map(read).flatMap { $0.isExpired ? nil : $0.content }
    }

    /// Replaces the content of a ticket; it ends when it would have.
    func changeTicket(_ kind: Ticket, _ id: String, _ found: Found) throws {
        try store.write {
            try $0.setTicket(kind, id, document: JSON.object(found.content).text, expiresAt: found.expiresAt)
        }
    }

    private func read(_ found: (document: String, expiresAt: Int)) throws -> Found {
        Found(
            content: try JSON(text: found.document).object ?? [:], isExpired: found.expiresAt <= seconds,
            expiresAt: found.expiresAt)
    }
}
