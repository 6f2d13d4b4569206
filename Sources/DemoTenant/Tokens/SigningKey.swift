// The RSA key that signs a tenant's tokens. Making one takes a tenth of a second, so tenants in memory share the process's.
import Crypto
import CryptoExtras
import JWTKit

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A private key with what is published of it.
struct SigningKey: Sendable {
    let pem: String
    let kid: String
    let keys: JWTKeyCollection
    /// The key set at `/.well-known/jwks.json`.
    let published: JSON

    /// The key of tenants that live in memory: made in the background when the first of them starts.
    static let ofProcess = Task.detached(priority: .userInitiated) {
        try await SigningKey(pem: _RSA.Signing.PrivateKey(keySize: .bits2048).pemRepresentation)
    }

    /// Reads a key that was stored.
    init(pem: String) async throws {
        let key = try Insecure.RSA.PrivateKey(pem: pem)
        let parts = try key.publicKey.getKeyPrimitives()
        self.pem = pem
        kid = String(Data(SHA256.hash(data: key.publicKey.derRepresentation)).base64URL.prefix(21))
        keys = await JWTKeyCollection().add(rsa: key, digestAlgorithm: .sha256, kid: JWKIdentifier(string: kid))
        published = [
            "keys": [
                [
                    "kty": "RSA", "use": "sig", "alg": "RS256", "kid": .string(kid),
                    "n": .string(parts.modulus.base64URL), "e": .string(parts.publicExponent.base64URL),
                ]
            ]
        ]
    }
}

extension Data {
    /// Base64url without padding (RFC 4648 §5).
    var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
