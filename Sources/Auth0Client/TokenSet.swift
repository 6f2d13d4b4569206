// What a grant gives.

import Auth0API

/// The answer of a grant (RFC 6749 §5.1).
public struct TokenSet: Sendable, Decodable {
    public let accessToken: Secret
    /// nil when the server does not say.
    public let expiresIn: Duration?
    public let refreshToken: Secret?
    public let idToken: Secret?
    /// Scopes separated by spaces; nil when they are those asked for.
    public let scope: String?

    private enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case expiresIn = "expires_in"
        case refreshToken = "refresh_token"
        case idToken = "id_token"
        case scope
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        accessToken = Secret(try values.decode(String.self, forKey: .accessToken))
        expiresIn = (try? values.decode(Double.self, forKey: .expiresIn)).map { .seconds(max($0, 0)) }
        refreshToken = try values.decodeIfPresent(String.self, forKey: .refreshToken).map(Secret.init)
        idToken = try values.decodeIfPresent(String.self, forKey: .idToken).map(Secret.init)
        scope = try values.decodeIfPresent(String.self, forKey: .scope)
    }
}
