// Signs tokens and reads them back. A token's signature is checked once; after that the tenant knows it by sight.
import JWTKit
import Synchronization

/// The tokens of one tenant.
final class Tokens: Sendable {
    private let key: Task<SigningKey, any Error>
    /// Tokens whose signature was found good, by the end of their text, which is the signature's.
    private let known = Mutex<[Substring: (token: String, grant: Grant)]>([:])
    private static let mostKnown = 10_000

    /// What a token allows, ready for comparison.
    struct Grant: Sendable {
        let claims: Claims
        let scopes: Set<Substring>
    }

    init(key: Task<SigningKey, any Error>) { self.key = key }

    /// A signed token with these claims.
    func sign(_ claims: Claims) async throws -> String {
        let key = try await key.value
        return try await key.keys.sign(claims, kid: JWKIdentifier(string: key.kid))
    }

    /// The published key set.
    func keySet() async throws -> JSON { try await key.value.published }

    /// What a token allows that was seen before; nil for any other.
    func seen(_ token: String) -> Grant? {
        known.withLock { known in
            guard let entry = known[token.suffix(32)], entry.token == token else { return nil }
            return entry.grant
        }
    }

    /// What a token allows, or nil where this tenant did not sign it.
    func read(_ token: String) async throws -> Grant? {
        if let grant = seen(token) { return grant }
        let keys = try await key.value.keys
        guard let claims = try? await keys.verify(token, as: Claims.self) else { return nil }
        let grant = Grant(claims: claims, scopes: Set((claims.scope ?? "").split(separator: " ")))
        known.withLock { known in
            if known.count >= Self.mostKnown { known.removeAll() }
            known[token.suffix(32)] = (token, grant)
        }
        return grant
    }
}
