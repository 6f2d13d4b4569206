// Looks at an ID token before anybody else does: signature first, then claims.

import Auth0API
import JWTKit

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Validates the ID tokens of one client.
struct IDTokenValidator: Sendable {
    let rules: IDTokenRules
    /// `https://acme.eu.auth0.com/`, of the domain that the client was made with.
    let issuer: String
    /// The key of HS256; nil where the application has no secret.
    let secret: Secret?
    let keys: KeySetSource
    let time: TimeSource

    /// - Parameters:
    ///   - clientID: the application that the token must be for.
    ///   - timeout: bounds the wait for the tenant's keys; nil does not.
    /// - Throws: `IdTokenValidatorError` (kind `parse`), naming the claim and what was expected; or why there is no key set.
    func validate(
        _ token: String, clientID: String, _ expectation: IDTokenExpectation, within timeout: Duration?
    ) async throws(APIError) {
        guard let header = Header(token) else { throw Self.invalid("it is not a signed token of three parts") }
        guard header.alg == rules.algorithm.rawValue else {
            throw Self.invalid(
                "it is not signed with \(rules.algorithm.rawValue)",
                hint: "id_token_signing_alg of the client is the application's 'JSON Web Token Signature Algorithm'")
        }
        guard header.crit == nil else { throw Self.invalid("its header asks for an extension (crit)") }
        let collection = JWTKeyCollection()
        switch rules.algorithm {
        case .rs256:
            guard let key = try await keys.key(header.kid, within: timeout) else {
                throw Self.invalid("the tenant publishes no RSA key with the id (kid) that it names")
            }
            await collection.add(rsa: key, digestAlgorithm: .sha256)
        case .hs256:
            // JWTKit stops the program for a short key; HMAC fills one up with zeros in any case (RFC 2104 §2).
            let bytes = Array((secret?.reveal() ?? "").utf8)
            let key = Data(bytes + [UInt8](repeating: 0, count: max(0, 32 - bytes.count)))
            await collection.add(hmac: HMACKey(from: key), digestAlgorithm: .sha256)
        }
        // What JWTKit throws is not shown: it may quote the token.
        guard let claims = try? await collection.verify(token, as: IDTokenClaims.self) else {
            throw Self.invalid("its signature is wrong")
        }
        let expected = IDTokenClaims.Expected(
            issuer: issuer, clientID: clientID, nonce: expectation.nonce,
            maxAge: expectation.maxAge.map { $0 / .seconds(1) }, organization: expectation.organization,
            tolerance: rules.clockTolerance / .seconds(1), now: time.unixSeconds())
        if let problem = claims.problem(expected) { throw Self.invalid(problem) }
    }

    private static func invalid(_ problem: String, hint: String? = nil) -> APIError {
        APIError(.parse, name: "IdTokenValidatorError", message: "the ID token is not valid: \(problem)", hint: hint)
    }

    /// The first part of a token (RFC 7515 §4.1).
    private struct Header: Decodable {
        var alg: String
        var kid: String?
        /// Anything but its absence is refused.
        var crit: IDTokenClaims.Value?

        init?(_ token: String) {
            let parts = token.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, !parts[2].isEmpty else { return nil }
            let text = String(parts[0]).replacing("-", with: "+").replacing("_", with: "/")
            let padded = text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
            guard let data = Data(base64Encoded: padded), let header = try? JSONDecoder().decode(Self.self, from: data)
            else { return nil }
            self = header
        }
    }
}
