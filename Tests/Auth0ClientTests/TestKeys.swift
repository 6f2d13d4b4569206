// Keys for tests, made on the spot.

import CryptoExtras

enum TestKeys {
    /// PKCS #8 in PEM; made once, as that takes long.
    static let rsa = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048).pkcs8PEMRepresentation }
}
