// How an explicit client proves that it is an application, out of the table that a script gives.

import Auth0API
import Auth0Client
import LuaHost

/// The options of `ManagementClient` and `AuthenticationClient` that concern the application.
struct ClientAuthenticationOptions {
    private(set) var clientID: String?
    private(set) var credential: ClientCredential?
    private(set) var idTokens = IDTokenRules()
    private var usesMTLS = false
    private var certificate: ClientCertificate?

    static let known: Set = [
        "client_id", "client_secret", "client_assertion_signing_key", "client_assertion_signing_alg", "use_mtls",
        "client_certificate", "client_key",
    ]

    /// - Parameters:
    ///   - name: of the client, for messages.
    ///   - field: gives an option; nil where it is left out.
    init(_ name: String, _ field: (String) -> LuaValue) throws {
        func wrong(_ key: String, _ expected: String, _ value: LuaValue) -> LuaError {
            LuaError.argument("\(name): '\(key)' must be \(expected), got \(value.typeName)")
        }
        func text(_ key: String) throws -> String? {
            let value = field(key)
            if value.isNil { return nil }
            guard let text = value.string else { throw wrong(key, "a text", value) }
            return text
        }
        func choice<Value: RawRepresentable<String> & CaseIterable>(_ key: String) throws -> Value? {
            guard let text = try text(key) else { return nil }
            guard let value = Value(rawValue: text) else {
                let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
                throw LuaError.argument("\(name): '\(key)' must be one of \(known), got '\(text)'")
            }
            return value
        }
        clientID = try text("client_id")
        let algorithm: SigningKey.Algorithm? = try choice("client_assertion_signing_alg")
        if let key = try text("client_assertion_signing_key") {
            credential = .privateKey(SigningKey(pem: Secret(key), algorithm: algorithm ?? .rs256))
        } else {
            credential = try text("client_secret").map { .secret(Secret($0)) }
        }
        let mtls = field("use_mtls")
        if !mtls.isNil {
            guard let flag = mtls.boolean else { throw wrong("use_mtls", "true or false", mtls) }
            usesMTLS = flag
        }
        switch (try text("client_certificate"), try text("client_key")) {
        case (nil, nil): break
        case (let chain?, let key?): certificate = ClientCertificate(chain: chain, key: Secret(key))
        default:
            throw LuaError.argument("\(name): give 'client_certificate' and 'client_key' together, as texts in PEM")
        }
        if let method = try text("token_endpoint_auth_method") {
            guard method == "none" else {
                throw LuaError.argument(
                    "\(name): 'token_endpoint_auth_method' must be 'none', got '\(method)'",
                    hint: "other methods follow from client_secret, client_assertion_signing_key or use_mtls")
            }
            guard credential == nil, !usesMTLS else {
                throw LuaError.argument("\(name): a client with 'token_endpoint_auth_method' none has no credentials")
            }
            credential = .publicClient
        }
        idTokens.algorithm = try choice("id_token_signing_alg") ?? .rs256
        let tolerance = field("clock_tolerance")
        if !tolerance.isNil {
            guard let duration = LuaCallOptions.duration(tolerance) else {
                throw wrong("clock_tolerance", "seconds", tolerance)
            }
            idTokens.clockTolerance = duration
        }
    }

    func apply(to options: inout ClientOptions) {
        options.usesMTLS = usesMTLS
        options.connection.clientCertificate = certificate
    }
}
