// One access token for all callers of a client: fetched once, shared, renewed before it expires or when it is refused.

import Auth0API

/// Hands out the access token of a client.
final class TokenSource: Sendable {
    struct Token: Sendable {
        /// The value of the `Authorization` header.
        let authorization: Secret
        /// Counts the tokens of this source, so that callers who held the same one share its replacement.
        let generation: Int
        /// On the source's clock; nil never expires.
        let expiresAt: Duration?
        /// When it replaced a token that was refused; nil when it did not.
        let replacedAt: Duration?
    }
    typealias Fetch = @Sendable () async throws(APIError) -> (token: Secret, lifetime: Duration)

    private let shared: SharedValue<Token>
    private let time: TimeSource
    private let fetch: Fetch?

    /// A token that is never renewed.
    init(fixed token: Secret) {
        let bearer = Secret("Bearer \(token.reveal())")
        time = .system
        shared = SharedValue(
            Token(authorization: bearer, generation: 0, expiresAt: nil, replacedAt: nil), time: .system)
        fetch = nil
    }

    /// Tokens from `fetch`, each kept for its lifetime less a leeway: a tenth of it, at most a minute.
    init(time: TimeSource, fetch: @escaping Fetch) {
        shared = SharedValue(time: time)
        self.time = time
        self.fetch = fetch
    }

    /// The token that callers hold now, to keep it out of errors.
    var issued: [Secret] {
        shared.value.map { [Secret(String($0.authorization.reveal().dropFirst("Bearer ".count)))] } ?? []
    }

    /// How many callers wait for the token request that is under way.
    var waiterCount: Int { shared.waiterCount }

    /// Whether a refused token can be replaced.
    var canRenew: Bool { fetch != nil }

    /// The token to send.
    ///
    /// - Parameters:
    ///   - refused: the token that the server has just refused. The answer is a newer one, unless `refused` is itself a
    ///     fresh replacement: then it comes back as it is, so that a tenant that refuses all tokens is not flooded.
    ///   - timeout: bounds the wait; nil does not.
    func token(replacing refused: Token? = nil, within timeout: Duration? = nil) async throws(APIError) -> Token {
        try await shared.get(
            within: timeout, lateMessage: "no access token came within the call's deadline",
            where: { isUsable($0, replacing: refused) }
        ) { [time, fetch] (generation) async throws(APIError) -> Token in
            guard let fetch else { throw .cancelled() }
            let (token, lifetime) = try await fetch()
            let now = time.now()
            return Token(
                authorization: Secret("Bearer \(token.reveal())"), generation: generation,
                expiresAt: now + lifetime - min(.seconds(60), lifetime / 10), replacedAt: refused == nil ? nil : now)
        }
    }

    private func isUsable(_ token: Token, replacing refused: Token?) -> Bool {
        if let expiresAt = token.expiresAt, time.now() >= expiresAt { return false }
        guard let refused, refused.generation == token.generation, fetch != nil else { return true }
        return token.replacedAt.map { time.now() - $0 < .seconds(30) } ?? false
    }
}
