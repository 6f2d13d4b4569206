// What the tenant's tokens say.
import JWTKit

/// The payload of an access token or ID token.
struct Claims: JWTPayload {
    var iss: String
    var sub: String
    /// One audience or several; written as an array.
    var aud: [String]
    /// Seconds since 1970.
    var iat: Int
    var exp: Int
    /// Scopes, separated by spaces.
    var scope: String?
    /// How the token was obtained.
    var gty: String?
    /// The client that it was issued to.
    var azp: String
    var email: String?
    var name: String?
    /// Of the authorization request.
    var nonce: String?
    /// The organization that the user signed in to.
    var org_id: String?
    var org_name: String?
    /// When the user signed in, in seconds since 1970.
    var auth_time: Int?

    /// Whether the token may be used at a time is the tenant's to say, by its own clock.
    func verify(using algorithm: some JWTAlgorithm) {}
}
