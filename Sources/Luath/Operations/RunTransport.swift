// Between the clients of a run and the network: what the run may not do or see is stopped here, for all of them alike.

import Auth0API
import Auth0Client

/// Sends a run's requests: redirects lead to permitted hosts only, and answers show no secret of the run.
struct RunTransport: Transport {
    private let transport: any Transport
    private let permissions: Permissions
    private let secrets: RunSecrets

    /// As JSON and forms write it.
    private static let masks = [Redactor.mask, PercentEncoding.form(Redactor.mask)].map { Array($0.utf8) }

    init(_ transport: any Transport, _ permissions: Permissions, _ secrets: RunSecrets) {
        self.transport = transport
        self.permissions = permissions
        self.secrets = secrets
    }

    func send(_ request: APIRequest, timeout: Duration) async throws(APIError) -> APIResponse {
        let response = try await transport.send(try checked(request), timeout: timeout)
        return secrets.redactor?.redact(response) ?? response
    }

    func open(_ request: APIRequest, timeout: Duration, idle: Duration) async throws(APIError) -> ResponseStream {
        try await transport.open(try checked(request), timeout: timeout, idle: idle)
    }

    private func checked(_ request: APIRequest) throws(APIError) -> APIRequest {
        // An answer that was read, changed and sent back must not overwrite a secret with its mask.
        if secrets.redactor != nil, let body = request.body, Self.masks.contains(where: { body.contains($0) }) {
            throw APIError(
                .argument, name: "InvalidArgumentError",
                message: "the body holds '\(Redactor.mask)', which an answer shows in place of a secret",
                hint: "set the field with env.secret, or leave it out")
        }
        var request = request
        request.checkRedirect = { [permissions] host throws(APIError) in try permissions.checkRedirect(to: host) }
        return request
    }
}
