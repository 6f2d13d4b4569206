// The proof by which an authorization code is worth nothing to whoever intercepts it.

import Auth0API
import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A code verifier and its challenge (RFC 7636). The challenge goes into the authorize URL, the verifier into the grant.
public struct PKCE: Sendable {
    /// 43 to 128 unreserved characters.
    public let verifier: Secret
    /// The SHA-256 of the verifier, in base64url without padding.
    public let challenge: String
    /// The `code_challenge_method`.
    public static let method = "S256"

    /// A verifier of 32 random bytes in base64url, 43 characters.
    public init() {
        var generator = SystemRandomNumberGenerator()
        self.init(checked: Data((0..<32).map { _ in generator.next() }).base64URLEncoded)
    }

    /// - Throws: kind `argument` unless the verifier has 43 to 128 characters out of `A-Z a-z 0-9 - . _ ~`.
    public init(verifier: Secret) throws(APIError) {
        let text = verifier.reveal()
        let isUnreserved = text.utf8.allSatisfy { byte in
            let character = UnicodeScalar(byte)
            return character.properties.isAlphabetic || ("0"..."9").contains(character)
                || "-._~".unicodeScalars.contains(character)
        }
        guard (43...128).contains(text.utf8.count), isUnreserved, text.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw APIError(
                .argument, name: "InvalidArgumentError", message: "the code verifier is not one of RFC 7636",
                hint: "it has 43 to 128 letters, digits and '-', '.', '_', '~'")
        }
        self.init(checked: text)
    }

    private init(checked verifier: String) {
        self.verifier = Secret(verifier)
        challenge = Data(SHA256.hash(data: Data(verifier.utf8))).base64URLEncoded
    }
}

extension Data {
    /// Base64url without padding (RFC 4648 §5).
    fileprivate var base64URLEncoded: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
