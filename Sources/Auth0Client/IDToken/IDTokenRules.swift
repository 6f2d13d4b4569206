// What an ID token is held to: settings of a client, and what one call expects.

import Auth0API

/// How a client validates ID tokens; the defaults are those of a new application in Auth0.
public struct IDTokenRules: Sendable {
    /// The signature algorithms that Auth0 signs ID tokens with and that Luath checks.
    public enum Algorithm: String, Sendable, CaseIterable {
        /// With the tenant's private key.
        case rs256 = "RS256"
        /// With the application's client secret.
        case hs256 = "HS256"
    }
    /// The one algorithm that is accepted, whatever a token's header says. Default RS256.
    public var algorithm = Algorithm.rs256
    /// How far the clocks of tenant and client may differ. Default 60 s.
    public var clockTolerance: Duration = .seconds(60)

    public init(algorithm: Algorithm = .rs256, clockTolerance: Duration = .seconds(60)) {
        self.algorithm = algorithm
        self.clockTolerance = clockTolerance
    }
}

/// What the ID token of one call has to say; nil expects nothing.
public struct IDTokenExpectation: Sendable, Equatable {
    /// The `nonce` of the authorization request. A token that has one is refused when this is nil.
    public var nonce: String?
    /// The longest time since the user signed in.
    public var maxAge: Duration?
    /// An organization's id (`org_…`) or name. Nil expects the organization that the request itself names, if it does.
    public var organization: String?

    public init(nonce: String? = nil, maxAge: Duration? = nil, organization: String? = nil) {
        self.nonce = nonce
        self.maxAge = maxAge
        self.organization = organization
    }
}
