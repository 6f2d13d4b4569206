// `auth0.ManagementClient { ... }` and its two siblings: clients for a tenant that the script names.

import Auth0API
import Auth0Client
import LuaHost

extension Auth0Module {
    private static let common: Set = ["domain", "headers", "timeout", "max_retries", "custom_domain"]
    private static let known: [API: Set<String>] = [
        .management: common.union(ClientAuthenticationOptions.known).union(["token", "audience", "fetcher"]),
        .authentication: common.union(ClientAuthenticationOptions.known).union([
            "token_endpoint_auth_method", "id_token_signing_alg", "clock_tolerance",
        ]),
        .userinfo: common,
    ]

    /// `client(api, options)`.
    func explicitClient(_ call: LuaCall) throws -> Tenant {
        guard let api = call.string(1).flatMap(API.init(rawValue:)) else { throw LuaError.argument("no such API") }
        let name = [
            API.management: "ManagementClient", .authentication: "AuthenticationClient", .userinfo: "UserInfoClient",
        ][api]!
        guard call.type(2) == .table else {
            throw LuaError.argument("\(name) takes a table of options, got \(call.type(2).name)")
        }
        let known = Self.known[api] ?? []
        for key in call.keys(of: 2) where !known.contains(key) {
            let near = Spelling.nearest(to: key, among: known.sorted()).first.map { "did you mean '\($0)'?" }
            throw LuaError.argument(
                "\(name): unknown option '\(key)'",
                hint: near ?? "options are \(known.sorted().joined(separator: ", "))")
        }
        func text(_ key: String) throws -> String? {
            let value = call.field(key, of: 2)
            if value.isNil { return nil }
            guard let text = value.string else {
                throw LuaError.argument("\(name): '\(key)' must be a text, got \(value.typeName)")
            }
            return text
        }
        guard let domain = try text("domain") else {
            let foreign = ClientAuthenticationOptions.known.union(["token", "audience"]).sorted()
            if let key = foreign.first(where: { !call.field($0, of: 2).isNil }) {
                throw LuaError.argument("\(name): 'domain' is missing, and '\(key)' is of no use without it")
            }
            // The run's own tenant, with other settings.
            return try Tenant(try settings(), options: try clientOptions(call, name), run)
        }
        let address = try TenantAddress(domain)
        try permit(address)
        var options = try clientOptions(call, name)
        let authentication = try ClientAuthenticationOptions(name) { call.field($0, of: 2) }
        authentication.apply(to: &options)
        if options.transport == nil, options.connection.clientCertificate == nil {
            options.transport = try sharedTransport()
        }
        options = try run.guarded(options)
        switch api {
        case .userinfo:
            return Tenant(userinfo: try UserInfoClient(domain: domain, options: options), authority: address.authority)
        case .authentication:
            guard let id = authentication.clientID else { throw LuaError.argument("\(name): 'client_id' is missing") }
            return Tenant(
                authentication: try AuthenticationClient(
                    domain: domain, clientID: id, credential: authentication.credential,
                    idTokens: authentication.idTokens, options: options),
                authority: address.authority)
        case .management:
            let credentials: Credentials
            if let token = try text("token") {
                credentials = .token(Secret(token))
            } else if let id = authentication.clientID, authentication.credential != nil || options.usesMTLS {
                credentials = .clientCredentials(
                    id: id, credential: authentication.credential, audience: try text("audience"))
            } else {
                throw LuaError.argument(
                    "\(name): give 'token', or 'client_id' with 'client_secret', 'client_assertion_signing_key' or 'use_mtls'"
                )
            }
            return Tenant(management: try ManagementClient(domain: domain, credentials: credentials, options: options))
        }
    }

    private func clientOptions(_ call: LuaCall, _ name: String) throws -> ClientOptions {
        var options = options
        let timeout = call.field("timeout", of: 2), retries = call.field("max_retries", of: 2)
        if !timeout.isNil {
            guard let duration = LuaCallOptions.duration(timeout) else {
                throw LuaError.argument("\(name): 'timeout' must be seconds or a text such as '5m'")
            }
            options.timeout = duration
        }
        if !retries.isNil {
            guard let number = retries.integer, number >= 0 else {
                throw LuaError.argument("\(name): 'max_retries' must be a whole number from 0")
            }
            options.retry.maxRetries = Int(number)
        }
        let domain = call.field("custom_domain", of: 2), headers = call.field("headers", of: 2)
        if !domain.isNil {
            guard let text = domain.string else {
                throw LuaError.argument("\(name): 'custom_domain' must be a domain, got \(domain.typeName)")
            }
            options.customDomain = text
        }
        if !headers.isNil {
            options.headers = try Headers(ofRequest: headers) { LuaError.argument("\(name): \($0)") }
        }
        return options
    }

    /// A host other than the run's tenant needs a permission of its own.
    func permit(_ address: TenantAddress) throws {
        if run.permissions.allows(address) { return }
        if let own = try? tenant(0), own.authority == address.authority { return }
        throw LuaError.permission(
            "'\(address.authority)' is not the tenant of this run",
            hint: "allow it with --allow-net=\(address.authority)")
    }
}
