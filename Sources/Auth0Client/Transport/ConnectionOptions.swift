// Settings of the connections themselves.

import Auth0API

/// Certificates, proxies and sizes of an `HTTPTransport`.
public struct ConnectionOptions: Sendable {
    /// A PEM file of certificate authorities to trust besides the system's; nil trusts the system's alone.
    public var caFile: String?
    /// Shown to servers that ask for one (mutual TLS); nil shows none.
    public var clientCertificate: ClientCertificate?
    /// Proxies; default those of the environment.
    public var proxies = ProxySettings.environment
    /// The largest body of an answer, after decompression. Default 64 MiB.
    public var maxResponseBytes = 64 << 20
    /// The most connections to one host; further requests wait for one. Default 100.
    public var maxConnections = 100
    /// How long an idle connection is kept. Default 60 s.
    public var idleTimeout: Duration = .seconds(60)

    public init() {}
}
