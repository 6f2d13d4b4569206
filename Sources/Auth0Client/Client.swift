// What the three clients have in common: an address, settings resolved once, and the loop.

import Auth0API

/// The parts of a client.
struct Client: Sendable {
    let tenant: TenantAddress
    let options: ClientOptions
    let transport: any Transport
    let loop: CallLoop
    /// Sent with every request.
    private let headers: Headers

    init(domain: String, options: ClientOptions) throws(APIError) {
        tenant = try TenantAddress(domain)
        self.options = options
        transport =
            if let transport = options.transport { transport } else { try HTTPTransport(options.connection) }
        loop = CallLoop(
            transport: transport, time: options.time, random: options.random, logger: options.logger,
            observe: options.observe)
        var headers = Headers([("Accept", "application/json")])
        headers["Auth0-Client"] = options.telemetry.headerValue
        for (name, value) in options.headers { headers[name] = value }
        headers["Authorization"] = nil
        self.headers = headers
    }

    /// A client that sends through the same connections.
    init(sharing client: Client) throws(APIError) {
        var options = client.options
        options.transport = client.transport
        try self.init(domain: client.tenant.origin, options: options)
    }

    /// The client's headers with a call's own; `Authorization` is the client's business alone.
    func headers(contentType: String?, customDomain: String?, _ own: Headers) -> Headers {
        var headers = headers
        if let contentType { headers["Content-Type"] = contentType }
        if let customDomain { headers["Auth0-Custom-Domain"] = customDomain }
        for (name, value) in own { headers[name] = value }
        headers["Authorization"] = nil
        return headers
    }

    /// What the loop has to know about a call of an operation.
    func call(
        _ operation: String, _ verb: Verb, isRepeatable: Bool, tokens: TokenSource?, _ own: CallOptions
    ) -> CallLoop.Call {
        var policy = options.retry
        if let maxRetries = own.maxRetries { policy.maxRetries = maxRetries }
        return CallLoop.Call(
            operation: operation, verb: verb, isRepeatable: isRepeatable, tokens: tokens,
            timeout: own.timeout ?? options.timeout, deadline: own.deadline ?? options.deadline, policy: policy)
    }
}
