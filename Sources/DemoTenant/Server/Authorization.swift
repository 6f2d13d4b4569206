// Who may call an operation of the Management API: a token of this tenant, for this API, not expired, with a scope.
import Auth0API

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Tenant {
    /// The name under which the seed knows the Management API, whatever address the tenant is reached by.
    static let managementIdentifier = "https://demo.luath.test/api/v2/"

    /// The grant of the call's token.
    /// - Throws: `Refusal` 401 without a good token, 403 without a scope of the operation.
    func authorize(_ call: Call, _ operation: Auth0API.Operation) async throws -> Tokens.Grant {
        guard let token = call.bearer else {
            guard call.authorization == nil else {
                throw Refusal(
                    400, "Bad HTTP authentication header format", code: "Bearer")
            }
            throw Refusal(401, "Missing authentication")
        }
        let seen = tokens.seen(token)
        guard let grant = if let seen { seen } else { try await tokens.read(token) } else {
            throw Refusal(401, "Invalid token", code: "invalid_token")
        }
        guard Double(grant.claims.exp) > options.now().timeIntervalSince1970 else {
            throw Refusal(
                401, "Expired token received for JSON Web Token validation", code: "invalid_token")
        }
        guard grant.claims.aud.contains(where: { isManagementAudience($0, call) }) else {
            throw Refusal(401, "Bad audience: \(grant.claims.aud.joined(separator: ", "))", code: "invalid_token")
        }
        guard operation.scopes.isEmpty || operation.scopes.contains(where: { grant.scopes.contains($0[...]) }) else {
            throw Refusal(
                403, "Insufficient scope, expected any of: \(operation.scopes.joined(separator: ","))",
                code: "insufficient_scope")
        }
        return grant
    }

    /// Whether an audience means the Management API of this tenant: by the address of the call, by another of its
    /// loopback names with the same port, or by the identifier in the seed.
    func isManagementAudience(_ audience: String, _ call: Call) -> Bool {
        if audience == Self.managementIdentifier { return true }
        guard audience.hasSuffix("/api/v2/") else { return false }
        let authority = audience.dropLast(8).split(separator: "/").last ?? ""
        if authority == call.host { return true }
        let port = call.host.split(separator: ":").last ?? ""
        return ["127.0.0.1", "localhost", "[::1]"].contains { authority == "\($0):\(port)" }
    }
}
