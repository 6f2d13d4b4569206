// Which tenant a run is for and who it is there, read from settings by their names in the environment.

import Auth0API
import Auth0Client

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A tenant and credentials.
public struct TenantSettings: Sendable {
    /// `acme.eu.auth0.com`, `https://host:port` or `http://127.0.0.1:port`.
    public var domain: String
    public var credentials: Credentials
    /// The application; needed by the Authentication API.
    public var clientID: String?
    /// How the application proves itself; nil when only a token is known.
    public var authentication: ClientCredential?
    /// Sent with the operations that take a custom domain.
    public var customDomain: String?
    /// A PEM file of authorities to trust besides the system's.
    public var caFile: String?

    public init(
        domain: String, credentials: Credentials, clientID: String? = nil, authentication: ClientCredential? = nil
    ) {
        self.domain = domain
        self.credentials = credentials
        self.clientID = clientID
        self.authentication = authentication
    }

    /// The names that are read.
    public static let names = [
        "AUTH0_DOMAIN", "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET", "AUTH0_API_TOKEN",
        "AUTH0_CLIENT_ASSERTION_SIGNING_KEY_FILE", "AUTH0_AUDIENCE", "AUTH0_CUSTOM_DOMAIN", "AUTH0_CA_FILE",
    ]

    /// Reads `AUTH0_DOMAIN`, `AUTH0_API_TOKEN` or `AUTH0_CLIENT_ID` with `AUTH0_CLIENT_SECRET` or
    /// `AUTH0_CLIENT_ASSERTION_SIGNING_KEY_FILE`, and `AUTH0_AUDIENCE`, `AUTH0_CUSTOM_DOMAIN`, `AUTH0_CA_FILE`.
    ///
    /// - Parameter value: gives a setting by name; an empty one counts as unset.
    /// - Throws: `APIError` of kind `config` that names what is missing.
    public init(_ value: (String) -> String?) throws(APIError) {
        func setting(_ name: String) -> String? {
            guard let text = value(name), !text.isEmpty else { return nil }
            return text
        }
        guard let domain = setting("AUTH0_DOMAIN") else {
            throw Self.missing(
                "no tenant: AUTH0_DOMAIN is not set",
                hint: "set it with AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, use --env-file or --profile, or try --demo")
        }
        // First of all, so that a malformed file shows no other line of it in a later message.
        _ = try TenantAddress(domain)
        self.domain = domain
        clientID = setting("AUTH0_CLIENT_ID")
        customDomain = setting("AUTH0_CUSTOM_DOMAIN")
        caFile = setting("AUTH0_CA_FILE")
        if let secret = setting("AUTH0_CLIENT_SECRET") {
            authentication = .secret(Secret(secret))
        } else if let path = setting("AUTH0_CLIENT_ASSERTION_SIGNING_KEY_FILE") {
            guard let pem = try? String(contentsOf: URL(filePath: path), encoding: .utf8) else {
                throw Self.missing(
                    "the signing key file '\(path)' cannot be read",
                    hint: "check AUTH0_CLIENT_ASSERTION_SIGNING_KEY_FILE")
            }
            authentication = .privateKey(SigningKey(pem: Secret(pem)))
        }
        if let token = setting("AUTH0_API_TOKEN") {
            credentials = .token(Secret(token))
        } else if let clientID, let authentication {
            credentials = .clientCredentials(
                id: clientID, credential: authentication, audience: setting("AUTH0_AUDIENCE"))
        } else {
            let name = clientID == nil ? "AUTH0_CLIENT_ID" : "AUTH0_CLIENT_SECRET"
            throw Self.missing(
                "no credentials for \(domain): \(name) is not set",
                hint: "set AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_API_TOKEN")
        }
    }

    private static func missing(_ message: String, hint: String) -> APIError {
        APIError(.config, name: "ConfigurationError", message: message, hint: hint)
    }
}
