// The application that a request of the Authentication API comes from, and how it proves that.
import Auth0API
import JWTKit

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What the Authentication API has to know about a client.
struct RequestingClient {
    let id: String
    let document: JSON.Object
    /// Whether it is the client that `luath tenant` prints; it may send browsers back to any address.
    let isDemo: Bool

    var grantTypes: [String] { document["grant_types"]?.array?.compactMap(\.string) ?? [] }
    var callbacks: [String] { document["callbacks"]?.array?.compactMap(\.string) ?? [] }
    var isPublic: Bool { document["token_endpoint_auth_method"]?.string == "none" }
    /// Public keys in PEM that the client registered for private key JWT.
    var keys: [(pem: String, algorithm: String)] {
        let methods = document["client_authentication_methods"]?.object
        let credentials = methods?["private_key_jwt"]?.object?["credentials"]?.array ?? []
        return credentials.compactMap(\.object).compactMap { credential in
            credential["pem"]?.string.map { ($0, credential["alg"]?.string ?? "RS256") }
        }
    }
}

extension Tenant {
    /// The client of that id.
    func client(_ id: String?) throws -> RequestingClient? {
        guard let id, let text = try store.read({ try $0.document(id, in: Place(collection: "/clients")) }),
            let document = try JSON(text: text).object
        else { return nil }
        return RequestingClient(
            id: id, document: document, isDemo: try store.read { try $0.setting("demo_client") } == id)
    }

    /// The client of a request that has proved itself: by its secret, by a signed assertion, or by having neither.
    /// - Throws: `Refusal` 401.
    func requireClient(_ parameters: [String: String], _ call: Call) async throws -> RequestingClient {
        let assertion = parameters["client_assertion"]
        guard let client = try client(parameters["client_id"] ?? assertion.flatMap { try? Self.subject($0) }) else {
            throw Refusal.oauth(401, "access_denied", "Unauthorized")
        }
        if let assertion, try await isSigned(assertion, by: client, call) { return client }
        if client.isPublic { return client }
        guard let secret = parameters["client_secret"], client.keys.isEmpty,
            client.document["client_secret"]?.string == secret
        else { throw Refusal.oauth(401, "access_denied", "Unauthorized") }
        return client
    }

    private struct Assertion: JWTPayload {
        var iss: String
        var sub: String
        var aud: String
        var exp: Int
        func verify(using algorithm: some JWTAlgorithm) {}
    }

    private static func subject(_ assertion: String) throws -> String? {
        try DefaultJWTParser().parse(Array(assertion.utf8), as: Assertion.self).payload.sub
    }

    /// Whether an assertion is one of RFC 7523 §3 by that client, for this tenant, and still good.
    private func isSigned(_ assertion: String, by client: RequestingClient, _ call: Call) async throws -> Bool {
        for key in client.keys {
            guard let publicKey = try? Insecure.RSA.PublicKey(pem: key.pem) else { continue }
            let digest: DigestAlgorithm = key.algorithm == "RS384" ? .sha384 : .sha256
            let collection = JWTKeyCollection()
            if key.algorithm.hasPrefix("PS") {
                await collection.add(pss: publicKey, digestAlgorithm: digest)
            } else {
                await collection.add(rsa: publicKey, digestAlgorithm: digest)
            }
            guard let claims = try? await collection.verify(assertion, as: Assertion.self) else { continue }
            let audiences = [issuer(call), "\(issuer(call))oauth/token"]
            return claims.iss == client.id && claims.sub == client.id && audiences.contains(claims.aud)
                && claims.exp > seconds
        }
        return false
    }
}
