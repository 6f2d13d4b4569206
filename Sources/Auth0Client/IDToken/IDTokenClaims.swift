// The claims of an ID token, and the rules of OpenID Connect for them: values only, so that every rule has a test.

import Auth0API
import JWTKit

/// The claims that are checked, as they were found: a claim of a wrong type is told from one that is missing.
struct IDTokenClaims: JWTPayload {
    enum Value: Codable, Equatable {
        case text(String)
        case texts([String])
        case number(Double)
        /// Anything that no claim here may be.
        case other

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) {
                self = .text(text)
            } else if let number = try? value.decode(Double.self) {
                self = .number(number)
            } else if let texts = try? value.decode([String].self) {
                self = .texts(texts)
            } else {
                self = .other
            }
        }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .texts(let texts): try container.encode(texts)
            case .number(let number): try container.encode(number)
            case .other: try container.encode([Bool]())
            }
        }
        var text: String? { if case .text(let text) = self { text } else { nil } }
        var number: Double? { if case .number(let number) = self { number } else { nil } }
    }
    enum CodingKeys: String, CodingKey {
        case iss, sub, aud, exp, iat, nbf, nonce, azp
        case authTime = "auth_time"
        case organizationID = "org_id"
        case organizationName = "org_name"
    }
    var iss, sub, aud, exp, iat, nbf, nonce, azp: Value?
    var authTime: Value?
    var organizationID: Value?
    var organizationName: Value?

    /// The claims are checked against what the client expects, which JWTKit does not know.
    func verify(using algorithm: some JWTAlgorithm) {}

    /// What the claims are compared with. Times are UNIX seconds.
    struct Expected {
        var issuer: String
        var clientID: String
        var nonce: String?
        var maxAge: Double?
        var organization: String?
        var tolerance: Double
        var now: Double
    }

    /// What is wrong with the claims, or nil. Names the claim and what was expected, never the token's own value.
    ///
    /// Source: OpenID Connect Core §3.1.3.7; Auth0, "Validate ID tokens".
    func problem(_ expected: Expected) -> String? {
        guard iss?.text == expected.issuer else { return "the claim iss is not '\(expected.issuer)'" }
        guard let sub = sub?.text, !sub.isEmpty else { return "the claim sub names nobody" }
        return audience(expected) ?? organization(expected) ?? times(expected) ?? nonce(expected) ?? age(expected)
    }

    private func audience(_ expected: Expected) -> String? {
        let audiences: [String]
        switch aud {
        case .text(let one): audiences = [one]
        case .texts(let several): audiences = several
        default: return "the claim aud is neither a text nor a list of texts"
        }
        guard audiences.contains(expected.clientID) else {
            return "the claim aud does not hold the client '\(expected.clientID)'"
        }
        guard audiences.count > 1, azp?.text != expected.clientID else { return nil }
        return "the claim azp is not '\(expected.clientID)', and aud names several"
    }

    private func organization(_ expected: Expected) -> String? {
        guard let wanted = expected.organization else { return nil }
        if wanted.hasPrefix("org_") {
            return organizationID?.text == wanted ? nil : "the claim org_id is not '\(wanted)'"
        }
        return organizationName?.text?.lowercased() == wanted.lowercased()
            ? nil : "the claim org_name is not '\(wanted)'"
    }

    private func times(_ expected: Expected) -> String? {
        guard let end = exp?.number else { return "the claim exp is not a number" }
        guard expected.now <= end + expected.tolerance else {
            return "the claim exp is in the past: the token has expired"
        }
        guard iat?.number != nil else { return "the claim iat is not a number" }
        guard let nbf else { return nil }
        guard let start = nbf.number else { return "the claim nbf is not a number" }
        return expected.now >= start - expected.tolerance ? nil : "the claim nbf is in the future"
    }

    private func nonce(_ expected: Expected) -> String? {
        guard nonce != nil || expected.nonce != nil else { return nil }
        guard let wanted = expected.nonce else { return "it has the claim nonce, and the call names none" }
        return nonce?.text == wanted ? nil : "the claim nonce is not that of the call"
    }

    private func age(_ expected: Expected) -> String? {
        guard let most = expected.maxAge else { return nil }
        guard let signedIn = authTime?.number else {
            return "the claim auth_time is not a number, and max_age needs it"
        }
        guard expected.now > signedIn + most + expected.tolerance else { return nil }
        return "the claim auth_time is more than max_age ago: the user has to sign in again"
    }
}
