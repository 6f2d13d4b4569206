// The claims about a user that OpenID Connect names.

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The standard claims (OpenID Connect Core §5.1); a claim is nil when its scope was not asked for, or it is not known.
public struct UserProfile: Sendable, Hashable, Decodable {
    /// The user's id: `auth0|…`.
    public let subject: String
    public let name: String?
    public let givenName: String?
    public let familyName: String?
    public let middleName: String?
    public let nickname: String?
    public let preferredUsername: String?
    /// URL of the user's page.
    public let profile: String?
    /// URL of a picture.
    public let picture: String?
    public let website: String?
    public let email: String?
    public let isEmailVerified: Bool?
    public let gender: String?
    /// `YYYY-MM-DD`, or `0000-MM-DD` or `YYYY`.
    public let birthdate: String?
    /// Name of a time zone: `Europe/Paris`.
    public let zoneinfo: String?
    /// `en-US`.
    public let locale: String?
    public let phoneNumber: String?
    public let isPhoneNumberVerified: Bool?
    public let updatedAt: Date?

    private enum CodingKeys: String, CodingKey {
        case subject = "sub"
        case name
        case givenName = "given_name"
        case familyName = "family_name"
        case middleName = "middle_name"
        case nickname
        case preferredUsername = "preferred_username"
        case profile, picture, website, email
        case isEmailVerified = "email_verified"
        case gender, birthdate, zoneinfo, locale
        case phoneNumber = "phone_number"
        case isPhoneNumberVerified = "phone_number_verified"
        case updatedAt = "updated_at"
    }
}
