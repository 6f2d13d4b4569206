// Tokens for applications themselves (RFC 6749 §4.4): the scopes of their client grant.
import Auth0API

extension Tenant {
    func clientCredentials(_ parameters: [String: String], _ client: RequestingClient, _ call: Call) async throws
        -> Answer
    {
        guard let audience = parameters["audience"], !audience.isEmpty else {
            throw Refusal.oauth(
                403, "access_denied",
                "No audience parameter was provided, and no default audience has been configured")
        }
        guard !client.isPublic else { throw Refusal.oauth(401, "access_denied", "Unauthorized") }
        let identifier = isManagementAudience(audience, call) ? Self.managementIdentifier : audience
        let granted = try store.read { records in
            guard try records.id(uniqueKey: identifier, in: Place(collection: "/resource-servers")) != nil else {
                throw Refusal.oauth(403, "access_denied", "Service not enabled within domain: \(audience)")
            }
            let grants = Place(collection: "/client-grants")
            guard let id = try records.id(uniqueKey: "\(client.id)\u{1}\(identifier)", in: grants),
                let text = try records.document(id, in: grants), let grant = try JSON(text: text).object
            else {
                throw Refusal.oauth(
                    403, "access_denied",
                    "Client is not authorized to access \"\(audience)\". You need to create a \"client-grant\" "
                        + "associated to this API. See: https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants"
                )
            }
            return grant["scope"]?.array?.compactMap(\.string) ?? []
        }
        let wanted = parameters["scope"].map { Set($0.split(separator: " ").map(String.init)) } ?? []
        let scopes = wanted.isEmpty ? granted : granted.filter(wanted.contains)
        return try await issue(
            claims(
                call, subject: "\(client.id)@clients", audience: [audience], scopes: scopes, client: client.id,
                grantType: "client-credentials"))
    }
}
