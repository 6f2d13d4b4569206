// The tenants that a script can call: the run's own, made at the first call, and those of explicit clients.

import Auth0API
import Auth0Client

/// One tenant's clients.
struct Tenant: Sendable {
    let management: ManagementClient?
    let authentication: AuthenticationClient?
    let userinfo: UserInfoClient?
    /// `host:port`, for messages and permissions.
    let authority: String

    init(_ settings: TenantSettings, options: ClientOptions, _ run: RunGuard) throws(APIError) {
        var options = options
        options.customDomain = options.customDomain ?? settings.customDomain
        if let caFile = settings.caFile { options.connection.caFile = caFile }
        options = try run.guarded(options)
        let management = try ManagementClient(
            domain: settings.domain, credentials: settings.credentials, options: options)
        self.management = management
        authority = management.tenant.authority
        userinfo = try UserInfoClient(domain: settings.domain, options: options)
        if let clientID = settings.clientID {
            authentication = try AuthenticationClient(
                domain: settings.domain, clientID: clientID, credential: settings.authentication, options: options)
        } else {
            authentication = nil
        }
    }

    init(management: ManagementClient) {
        self.management = management
        authentication = nil
        userinfo = nil
        authority = management.tenant.authority
    }
    init(authentication: AuthenticationClient, authority: String) {
        self.authentication = authentication
        management = nil
        userinfo = nil
        self.authority = authority
    }
    init(userinfo: UserInfoClient, authority: String) {
        self.userinfo = userinfo
        management = nil
        authentication = nil
        self.authority = authority
    }
}
