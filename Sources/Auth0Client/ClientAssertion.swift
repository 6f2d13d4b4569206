// The signed statement by which an application with a private key authenticates (private key JWT).

import Auth0API
import JWTKit

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Claims of a client assertion (RFC 7523 §3). Dates are whole UNIX seconds.
struct ClientAssertion: JWTPayload {
    /// The `client_assertion_type` that goes with it.
    static let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    let iss: String
    let sub: String
    let aud: String
    let iat: Int
    let exp: Int
    let jti: String

    func verify(using algorithm: some JWTAlgorithm) {}

    /// Makes and signs an assertion that is good for two minutes.
    ///
    /// - Parameter audience: the tenant's issuer, `https://acme.eu.auth0.com/`.
    /// - Throws: kind `config` when the key cannot be read or does not fit the algorithm.
    static func sign(
        clientID: String, audience: String, key: SigningKey, now: Double
    ) async throws(APIError) -> Secret {
        let claims = ClientAssertion(
            iss: clientID, sub: clientID, aud: audience, iat: Int(now), exp: Int(now) + 120,
            jti: UUID().uuidString.lowercased())
        do {
            let keys = JWTKeyCollection()
            try await keys.add(key)
            return Secret(try await keys.sign(claims))
        } catch {
            // The error is not printed: it may quote the key.
            throw APIError(
                .config, name: "ConfigurationError",
                message: "the client assertion signing key cannot sign with \(key.algorithm.rawValue)",
                hint: "give a PKCS #8 key in PEM (BEGIN PRIVATE KEY) of the kind that the algorithm needs")
        }
    }
}

extension JWTKeyCollection {
    fileprivate func add(_ key: SigningKey) throws {
        let pem = key.pem.reveal()
        switch key.algorithm {
        case .rs256: add(rsa: try Insecure.RSA.PrivateKey(pem: pem), digestAlgorithm: .sha256)
        case .rs384: add(rsa: try Insecure.RSA.PrivateKey(pem: pem), digestAlgorithm: .sha384)
        case .rs512: add(rsa: try Insecure.RSA.PrivateKey(pem: pem), digestAlgorithm: .sha512)
        case .ps256: add(pss: try Insecure.RSA.PrivateKey(pem: pem), digestAlgorithm: .sha256)
        case .ps384: add(pss: try Insecure.RSA.PrivateKey(pem: pem), digestAlgorithm: .sha384)
        case .ps512: add(pss: try Insecure.RSA.PrivateKey(pem: pem), digestAlgorithm: .sha512)
        case .es256: add(ecdsa: try ES256PrivateKey(pem: pem))
        case .es384: add(ecdsa: try ES384PrivateKey(pem: pem))
        }
    }
}
