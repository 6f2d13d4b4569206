// Who the client is. Everything here that must not be seen is a `Secret`.

import Auth0API

/// How a `ManagementClient` gets its access token.
public enum Credentials: Sendable {
    /// An access token from elsewhere; it is never renewed.
    case token(Secret)
    /// The client credentials grant. `audience` is nil for the tenant's own Management API; `credential` is nil for a
    /// client that `ClientOptions.usesMTLS`.
    case clientCredentials(id: String, credential: ClientCredential?, audience: String? = nil)

    /// The client credentials grant with a client secret.
    public static func clientCredentials(id: String, secret: String, audience: String? = nil) -> Credentials {
        .clientCredentials(id: id, credential: .secret(Secret(secret)), audience: audience)
    }
}

/// How an application proves that it is itself.
public enum ClientCredential: Sendable {
    case secret(Secret)
    /// A signed assertion (private key JWT, RFC 7523 §2.2).
    case privateKey(SigningKey)
    /// An application without credentials: only its id is sent.
    case publicClient
}

/// The private key that signs client assertions.
public struct SigningKey: Sendable {
    /// Signature algorithms that Auth0 accepts for client assertions.
    public enum Algorithm: String, Sendable, CaseIterable {
        case rs256 = "RS256"
        case rs384 = "RS384"
        case rs512 = "RS512"
        case ps256 = "PS256"
        case ps384 = "PS384"
        case ps512 = "PS512"
        case es256 = "ES256"
        case es384 = "ES384"
    }
    /// PKCS #8 in PEM: RSA for `RS…` and `PS…`, an elliptic curve for `ES…`.
    public let pem: Secret
    public let algorithm: Algorithm

    public init(pem: Secret, algorithm: Algorithm = .rs256) {
        self.pem = pem
        self.algorithm = algorithm
    }
}
