// The public keys with which a tenant's tokens are checked.

import Auth0API
import JWTKit

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The RSA keys of a JSON Web Key Set (RFC 7517); keys of other kinds and for other uses are passed over.
struct KeySet: Sendable {
    private struct Key: Decodable {
        var kty: String
        var kid: String?
        var use: String?
        var alg: String?
        var n: String?
        var e: String?
    }
    /// A member of the list that may be anything.
    private struct Entry: Decodable {
        let key: Key?
        init(from decoder: any Decoder) throws { key = try? Key(from: decoder) }
    }
    private struct Document: Decodable { let keys: [Entry] }

    private let keys: [Key]
    /// On the client's clock.
    let fetchedAt: Duration

    /// - Throws: `DecodingError` for what is no key set.
    init(_ body: [UInt8], fetchedAt: Duration) throws {
        self.fetchedAt = fetchedAt
        keys = try JSONDecoder().decode(Document.self, from: Data(body)).keys.compactMap(\.key).filter {
            $0.kty == "RSA" && $0.use ?? "sig" == "sig" && $0.alg ?? "RS256" == "RS256"
        }
    }

    /// The key of that id; for a token that names none, the only key. Nil where there is none, or it is no good key.
    func key(_ id: String?) -> Insecure.RSA.PublicKey? {
        let found = id == nil && keys.count == 1 ? keys.first : keys.first { $0.kid != nil && $0.kid == id }
        guard let modulus = found?.n, let exponent = found?.e else { return nil }
        return try? Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent)
    }
}

/// The key set of one tenant, fetched through a client and kept for ten minutes.
final class KeySetSource: Sendable {
    private let client: Client
    private let shared: SharedValue<KeySet>

    /// A token with an unknown key makes the set be fetched again, but not sooner than this.
    private static let leastAge = Duration.seconds(30)
    private static let mostAge = Duration.seconds(600)

    init(_ client: Client) {
        self.client = client
        shared = SharedValue(time: client.options.time)
    }

    private var url: String { "\(client.tenant.origin)/.well-known/jwks.json" }

    /// The key of that id, or nil where the tenant has none.
    ///
    /// - Parameter timeout: bounds the wait; nil does not.
    /// - Throws: kinds `network`, `timeout`, `api` and `parse`, saying that the key set could not be had.
    func key(_ id: String?, within timeout: Duration?) async throws(APIError) -> Insecure.RSA.PublicKey? {
        do throws(APIError) {
            return try await shared.get(
                within: timeout, lateMessage: "it did not come within the call's deadline",
                where: { [time = client.options.time] set in
                    let age = time.now() - set.fetchedAt
                    return age < Self.mostAge && (age < Self.leastAge || set.key(id) != nil)
                }
            ) { [self] _ async throws(APIError) -> KeySet in try await fetch() }.key(id)
        } catch {
            var error = error
            if error.kind == .cancelled { throw error }
            error.message = "the ID token cannot be checked: no key set from \(url): \(error.message)"
            throw error
        }
    }

    private func fetch() async throws(APIError) -> KeySet {
        let request = APIRequest(
            method: "GET", url: url, headers: client.headers(contentType: nil, customDomain: nil, Headers()))
        let call = client.call("well_known.jwks", .get, isRepeatable: true, tokens: nil, CallOptions())
        let response = try await client.loop.send(request, for: call)
        guard response.status == 200 else {
            throw .from(response: response, api: .authentication, operation: "well_known.jwks")
        }
        do {
            return try KeySet(response.body, fetchedAt: client.options.time.now())
        } catch {
            throw APIError(
                .parse, name: "ParseError", message: "the answer is not a JSON Web Key Set", status: response.status,
                hint: "a proxy or gateway may have answered instead of Auth0: check the domain and HTTPS_PROXY",
                attempts: response.attempts, response: response)
        }
    }
}
