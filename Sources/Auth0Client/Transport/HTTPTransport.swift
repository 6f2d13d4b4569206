// The edge of the client: one request over AsyncHTTPClient, bounded in time and size.

import AsyncHTTPClient
import Auth0API
import NIOCore
import NIOHTTP1
import NIOSSL

/// Sends requests over HTTP/1.1 or HTTP/2, reusing connections.
///
/// Redirects are followed for GET only, at most five, never from https to http, and without the token (and other
/// headers of the caller) when they lead to another host, which the request's `checkRedirect` may refuse. Answers are decompressed. All failures are `APIError`s of kind
/// `network`, `timeout`, `limit`, `cancelled`, or `argument` for a header that HTTP does not allow.
public final class HTTPTransport: Transport {
    private let direct: HTTPClient
    private let proxied: HTTPClient?
    private let proxies: ProxySettings
    private let maxBytes: Int
    /// One loop for all connections: a request then never hops between threads of the network library.
    private let loop: any EventLoop

    /// - Throws: kind `config` when the CA file or the client certificate cannot be read or a proxy setting cannot be used.
    public init(_ options: ConnectionOptions = ConnectionOptions()) throws(APIError) {
        var configuration = HTTPClient.Configuration()
        configuration.tlsConfiguration = try Self.tls(options)
        configuration.redirectConfiguration = .disallow
        configuration.decompression = .enabled(limit: .none)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = options.maxConnections
        configuration.connectionPool.idleTimeout = .nanoseconds(Int64(options.idleTimeout / .nanoseconds(1)))
        configuration.connectionPool.retryConnectionEstablishment = false
        // Also bounds the wait for a free connection; a request's own deadline comes first.
        configuration.timeout.connect = .minutes(5)
        // A proxy that cannot be used fails here, not at the first request.
        if let proxy = try options.proxies.proxy(scheme: "https", host: "proxy.invalid", port: 443) {
            var configuration = configuration
            configuration.proxy = proxy.forHTTPClient
            proxied = HTTPClient(configuration: configuration)
        } else {
            proxied = nil
        }
        direct = HTTPClient(configuration: configuration)
        loop = direct.eventLoopGroup.any()
        proxies = options.proxies
        maxBytes = options.maxResponseBytes
    }

    deinit {
        direct.shutdown { _ in }
        proxied?.shutdown { _ in }
    }

    public func send(_ request: APIRequest, timeout: Duration) async throws(APIError) -> APIResponse {
        // Beyond a year there is no use in a bound, and nanoseconds would overflow.
        let bound = min(timeout, .seconds(366 * 86_400))
        let deadline = NIODeadline.now() + .nanoseconds(Int64(bound / .nanoseconds(1)))
        var response = try await exchange(request, deadline: deadline, timeout: timeout)
        guard request.method == Verb.get.rawValue, (300..<400).contains(response.status) else { return response }
        var redirected = request
        for _ in 0..<5 {
            guard let next = try redirected.following(response) else { return response }
            redirected = next
            response = try await exchange(redirected, deadline: deadline, timeout: timeout)
        }
        guard try redirected.following(response) == nil else {
            throw APIError(
                .network, name: "NetworkError",
                message: "more than five redirects, the last to \(redirected.url.urlHost)")
        }
        return response
    }

    private func exchange(
        _ request: APIRequest, deadline: NIODeadline, timeout: Duration
    ) async throws(APIError) -> APIResponse {
        let exchange = Exchange(url: request.url, maxBytes: maxBytes)
        let result: Result<APIResponse, any Error> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                do {
                    let prepared = try request.forHTTPClient(on: loop)
                    let client = try client(for: prepared)
                    let task = client.execute(
                        request: prepared, delegate: exchange, eventLoop: .delegate(on: loop), deadline: deadline,
                        logger: nil)
                    task.futureResult.whenComplete { continuation.resume(returning: $0) }
                    exchange.start(task)
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        } onCancel: {
            exchange.cancel()
        }
        switch result {
        case .success(let response): return response
        case .failure(let error):
            throw NetworkFailure(
                host: request.url.urlHost, progress: exchange.progress, timeout: timeout, maxBytes: maxBytes,
                isPastDeadline: NIODeadline.now() >= deadline
            ).error(for: error)
        }
    }

    public func open(_ request: APIRequest, timeout: Duration, idle: Duration) async throws(APIError) -> ResponseStream
    {
        let exchange = StreamExchange(url: request.url, idle: idle), maxBytes = maxBytes
        let failure: @Sendable (any Error) -> APIError = { error in
            if error is StreamExchange.Silence {
                return .timeout(message: "nothing came from the server for \(idle.text)")
            }
            return NetworkFailure(
                host: request.url.urlHost, progress: exchange.progress, timeout: timeout, maxBytes: maxBytes,
                isPastDeadline: false
            ).error(for: error)
        }
        do {
            let prepared = try request.forHTTPClient(on: loop)
            let client = try client(for: prepared)
            // The body may last for ever, so only the time until the headers is bounded.
            let timer = Task {
                try await Task.sleep(for: timeout)
                exchange.giveUp(.timeout(message: "no answer from \(request.url.urlHost) within \(timeout.text)"))
            }
            defer { timer.cancel() }
            exchange.start(
                client.execute(request: prepared, delegate: exchange, eventLoop: .delegate(on: loop), logger: nil))
            let head = try await exchange.head()
            return ResponseStream(
                head: head,
                next: { () async throws(APIError) in
                    do { return try await exchange.next() } catch { throw failure(error) }
                }, close: { exchange.close() })
        } catch {
            throw failure(error)
        }
    }

    private func client(for request: HTTPClient.Request) throws(APIError) -> HTTPClient {
        guard let proxied,
            try proxies.proxy(scheme: request.scheme, host: request.host, port: request.port) != nil
        else { return direct }
        return proxied
    }

    private static func tls(_ options: ConnectionOptions) throws(APIError) -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let certificate = options.clientCertificate { try certificate.add(to: &tls) }
        guard let caFile = options.caFile else { return tls }
        do {
            tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(caFile))]
            return tls
        } catch {
            throw APIError(
                .config, name: "ConfigurationError",
                message: "the CA file '\(caFile)' cannot be read as certificates in PEM",
                hint: "AUTH0_CA_FILE names a file with one or more BEGIN CERTIFICATE blocks")
        }
    }
}

extension ProxySettings.Proxy {
    fileprivate var forHTTPClient: HTTPClient.Configuration.Proxy {
        switch kind {
        case .socks: .socksServer(host: host, port: port)
        case .http where user != nil:
            .server(
                host: host, port: port,
                authorization: .basic(username: user ?? "", password: password?.reveal() ?? ""))
        case .http: .server(host: host, port: port)
        }
    }
}

extension APIRequest {
    fileprivate func forHTTPClient(on loop: any EventLoop) throws -> HTTPClient.Request {
        var fields = HTTPHeaders()
        fields.reserveCapacity(headers.fields.count + 3)
        for field in headers.fields {
            // Behind one address there are many tenants: the URL alone says which of them is meant.
            guard field.name.lowercased() != "host" else {
                throw APIError(
                    .argument, name: "InvalidArgumentError", message: "the header 'Host' cannot be set",
                    hint: "it follows from the URL")
            }
            fields.add(name: field.name, value: field.value)
        }
        if let authorization { fields.replaceOrAdd(name: "Authorization", value: authorization.reveal()) }
        return try HTTPClient.Request(
            url: url, method: HTTPMethod(rawValue: method), headers: fields,
            body: upload?.body(on: loop) ?? body.map { .byteBuffer(ByteBuffer(bytes: $0)) })
    }
}
