// The Authentication API from Swift: grants and the other requests of applications.

import Auth0API

/// A client of one tenant's Authentication API.
///
/// ```swift
/// let client = try AuthenticationClient(
///     domain: "acme.eu.auth0.com", clientID: id, credential: .secret(Secret(secret)))
/// let tokens = try await client.clientCredentialsGrant(audience: "https://acme.eu.auth0.com/api/v2/")
/// ```
public final class AuthenticationClient: Sendable {
    let client: Client
    let clientID: String
    private let credential: ClientCredential?
    private let idTokens: IDTokenValidator

    /// Makes a client; sends nothing.
    ///
    /// - Parameters:
    ///   - clientID: sent with every request.
    ///   - credential: nil is enough for operations that need no client authentication, and with `options.usesMTLS`;
    ///     other operations then fail before anything is sent. An application that has none by design says
    ///     `.publicClient`.
    ///   - idTokens: how ID tokens in answers are validated.
    /// - Throws: kind `config` for a malformed domain, a CA file, certificate or proxy that cannot be used, or HS256
    ///   without a client secret.
    public convenience init(
        domain: String, clientID: String, credential: ClientCredential? = nil,
        idTokens: IDTokenRules = IDTokenRules(), options: ClientOptions = ClientOptions()
    ) throws(APIError) {
        try Secret(clientID).requireUsable("client id")
        if case .secret(let secret) = credential, secret.isEmpty { try secret.requireUsable("client secret") }
        if idTokens.algorithm == .hs256 {
            guard case .secret = credential else {
                throw APIError(
                    .config, name: "ConfigurationError", message: "ID tokens signed with HS256 need the client secret",
                    hint: "give client_secret, or leave out id_token_signing_alg for RS256")
            }
        }
        self.init(
            try Client(domain: domain, options: options), clientID: clientID, credential: credential,
            idTokens: idTokens)
    }

    init(_ client: Client, clientID: String, credential: ClientCredential?, idTokens: IDTokenRules = IDTokenRules()) {
        self.client = client
        self.clientID = clientID
        self.credential = credential
        var secret: Secret?
        if case .secret(let known) = credential { secret = known }
        self.idTokens = IDTokenValidator(
            rules: idTokens, issuer: "\(client.tenant.origin)/", secret: secret, keys: KeySetSource(client),
            time: client.options.time)
    }

    /// Sends one operation of the Authentication API.
    ///
    /// The client's id, the operation's fixed values and, where the operation takes it, client authentication are added
    /// to the fields; a field of the same name that the caller gives wins over the client's. An ID token in the answer is
    /// validated, which fetches the tenant's keys now and then.
    ///
    /// - Parameters:
    ///   - path: values of the path's parameters, not encoded.
    ///   - bearer: the token of operations that take one (`operation.bearerParameter`).
    ///   - fields: the body, under the names that the catalog gives them.
    ///   - idToken: what an ID token has to say.
    ///   - pollInterval: asks again after this time while the answer is one of `operation.pollErrors`, until
    ///     `options.deadline`; nil raises them as errors.
    /// - Throws: `AuthApiError` (kind `api`) whose code is the answer's `error` and whose message is its
    ///   `error_description`; `IdTokenValidatorError` (kind `parse`); kind `argument` for a wrong path value, or for
    ///   `pollInterval` where there is nothing to wait for; kinds `network`, `timeout`, `config`, `parse`, `cancelled` as
    ///   `ManagementClient.send`.
    public func send(
        _ operation: Operation, path: [String] = [], bearer: Secret? = nil,
        fields: [(name: String, value: FormValue)] = [], idToken: IDTokenExpectation = IDTokenExpectation(),
        pollInterval: Duration? = nil, options: CallOptions = CallOptions()
    ) async throws(APIError) -> APIResponse {
        if operation.buildsURL { throw operation.invalidArgument("it is sent by a browser", hint: "use url(for:)") }
        let question = Question(
            operation: operation, path: path, bearer: bearer, fields: fields, idToken: idToken, options: options)
        guard let pollInterval else { return try await ask(question) }
        guard !operation.pollErrors.isEmpty, pollInterval > .zero else {
            throw operation.invalidArgument(
                operation.pollErrors.isEmpty
                    ? "there is nothing to wait for, so it takes no poll_interval" : "poll_interval must be more than 0"
            )
        }
        let loop = PollLoop(
            time: client.options.time, interval: pollInterval, deadline: options.deadline ?? client.options.deadline,
            waitingErrors: operation.pollErrors)
        return try await loop.run { remaining async throws(APIError) in
            var question = question
            question.options.deadline = remaining
            return try await ask(question)
        }
    }

    private struct Question: Sendable {
        var operation: Operation
        var path: [String]
        var bearer: Secret?
        var fields: [(name: String, value: FormValue)]
        var idToken: IDTokenExpectation
        var options: CallOptions
    }

    private func ask(_ question: Question) async throws(APIError) -> APIResponse {
        let operation = question.operation, options = question.options
        let start = client.options.time.now()
        let takesCertificate = client.options.usesMTLS && operation.clientAuthentication?.usesMTLSHost ?? false
        let origin = takesCertificate ? client.tenant.mtlsOrigin : client.tenant.origin
        var form = Form(operation, fields: question.fields, clientID: clientID, tenant: client.tenant)
        try await authenticate(&form, for: operation, origin: origin)
        let hasBody = operation.body != nil
        let request = APIRequest(
            method: operation.verb.rawValue, url: origin + (try operation.path(arguments: question.path)),
            headers: client.headers(
                contentType: hasBody ? form.contentType : nil, customDomain: options.customDomain, options.headers),
            body: hasBody ? form.encoded() : nil)
        var call = client.call(
            operation.name, operation.verb, isRepeatable: options.isIdempotent || operation.isIdempotent,
            tokens: question.bearer.map(TokenSource.init(fixed:)), options)
        call.pollErrors = operation.pollErrors
        do throws(APIError) {
            let response = try await client.loop.send(request, for: call).checked(for: operation)
            let remaining = call.deadline.map { max($0 - (client.options.time.now() - start), .milliseconds(1)) }
            try await validate(response, form, question, within: remaining)
            return response.filling(operation.filledFields)
        } catch {
            throw Redactor(form.secrets + (question.bearer.map { [$0] } ?? [])).redact(error)
        }
    }

    private func validate(
        _ response: APIResponse, _ form: Form, _ question: Question, within timeout: Duration?
    ) async throws(APIError) {
        guard question.operation.validatesIDToken else { return }
        guard let token = TextFields(response.body)["id_token"], response.names("id_token") == 1 else {
            // What was expected of an ID token holds for none that is missing, twice there, or no text.
            guard response.names("id_token") > 0 || question.idToken != IDTokenExpectation() else { return }
            throw APIError(
                .parse, name: "IdTokenValidatorError",
                message: "the answer has not one ID token that could be validated",
                operation: question.operation.name, hint: "ask for the scope openid", attempts: response.attempts)
        }
        var expectation = question.idToken
        expectation.organization = expectation.organization ?? form.text("organization")
        do throws(APIError) {
            try await idTokens.validate(
                token, clientID: form.text("client_id") ?? clientID, expectation, within: timeout)
        } catch {
            var error = error
            error.operation = question.operation.name
            error.attempts = response.attempts
            throw Redactor([Secret(token)]).redact(error)
        }
    }

    private func authenticate(
        _ form: inout Form, for operation: Operation, origin: String
    ) async throws(APIError) {
        guard let wanted = operation.clientAuthentication, wanted.sendsCredentials, !form.has("client_secret"),
            !form.has("client_assertion")
        else { return }
        switch credential {
        case .secret(let secret):
            form.set("client_secret", .secret(secret))
        case .privateKey(let key):
            let assertion = try await ClientAssertion.sign(
                clientID: clientID, audience: "\(origin)/", key: key, now: client.options.time.unixSeconds())
            form.set("client_assertion", .secret(assertion))
            form.set("client_assertion_type", .string(ClientAssertion.type))
        case .publicClient where !wanted.allowsPublicClients:
            throw Self.unauthenticated(
                operation, "the operation is for applications with credentials, and this client says that it has none",
                hint: operation.name == "oauth.authorization_code_grant"
                    ? "use oauth.authorization_code_grant_with_pkce" : Self.ways)
        case nil where wanted.isRequired && !client.options.usesMTLS:
            throw Self.unauthenticated(
                operation, "the operation needs client authentication, and the client has no secret and no signing key",
                hint: wanted.allowsPublicClients
                    ? "\(Self.ways); an application that has none by design says token_endpoint_auth_method = \"none\""
                    : Self.ways)
        case .publicClient, nil:
            break
        }
    }

    private static let ways = "give the client client_secret, client_assertion_signing_key, or use_mtls"

    private static func unauthenticated(_ operation: Operation, _ message: String, hint: String) -> APIError {
        APIError(.config, name: "ConfigurationError", message: message, operation: operation.name, hint: hint)
    }
}
