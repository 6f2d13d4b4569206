// Which proxy, if any, a host is reached through: the usual environment variables, as a pure value.

import Auth0API

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Proxies by scheme and the hosts that are reached without one.
public struct ProxySettings: Sendable {
    /// For `https`; nil is none. `http://[user:password@]host:port` or `socks5://host:port`.
    public var https: Secret?
    /// For plain `http`, which Luath uses with loopback only; loopback is never proxied.
    public var http: Secret?
    /// Hosts without a proxy, separated by commas: `host`, `.domain`, `host:port`, or `*` for all.
    public var exceptions: String

    public init(https: Secret? = nil, http: Secret? = nil, exceptions: String = "") {
        self.https = https
        self.http = http
        self.exceptions = exceptions
    }

    /// No proxy at all.
    public static let none = ProxySettings()

    /// What this process's environment says.
    public static var environment: ProxySettings { ProxySettings(ProcessInfo.processInfo.environment) }

    /// Reads `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`, in lower case first; an empty one counts as unset.
    public init(_ environment: [String: String]) {
        func value(_ name: String) -> String? {
            [name, name.uppercased()].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        let all = value("all_proxy")
        https = (value("https_proxy") ?? all).map(Secret.init)
        http = (value("http_proxy") ?? all).map(Secret.init)
        exceptions = value("no_proxy") ?? ""
    }

    /// A proxy, taken apart.
    struct Proxy: Hashable, Sendable {
        enum Kind: Hashable, Sendable { case http, socks }
        var kind: Kind
        var host: String
        var port: Int
        var user: String?
        var password: Secret?
    }

    /// The proxy to reach a host through, or nil for a direct connection.
    ///
    /// - Throws: kind `config` when the variable cannot be used; its value is not quoted, as it may hold a password.
    func proxy(scheme: String, host: String, port: Int) throws(APIError) -> Proxy? {
        guard let setting = scheme == "https" ? https : http, !TenantAddress.isLoopback(host),
            !isException(host: host, port: port)
        else { return nil }
        let text = setting.reveal()
        guard let url = URL(string: text.contains("://") ? text : "http://\(text)"), let proxyHost = url.host(),
            !proxyHost.isEmpty
        else { throw Self.failure("cannot be read") }
        let kind: Proxy.Kind
        switch url.scheme?.lowercased() {
        case "http": kind = .http
        case "socks5", "socks5h", "socks": kind = .socks
        default: throw Self.failure("has a scheme that is neither http nor socks5")
        }
        return Proxy(
            kind: kind, host: proxyHost, port: url.port ?? (kind == .http ? 80 : 1080),
            user: url.user(percentEncoded: false),
            password: url.password(percentEncoded: false).map(Secret.init))
    }

    private static func failure(_ reason: String) -> APIError {
        APIError(
            .config, name: "ConfigurationError", message: "the proxy setting \(reason)",
            hint: "HTTPS_PROXY and HTTP_PROXY look like http://proxy.example.com:3128")
    }

    private func isException(host: String, port: Int) -> Bool {
        exceptions.lowercased().split(separator: ",").contains { entry in
            var name = entry.drop { $0 == " " }
            while name.last == " " { name.removeLast() }
            if name == "*" { return true }
            if let colon = name.lastIndex(of: ":"), name.firstIndex(of: ":") == colon {
                guard Int(name[name.index(after: colon)...]) == port else { return false }
                name = name[..<colon]
            }
            name = name.first == "*" ? name.dropFirst() : name
            let bare = name.first == "." ? name.dropFirst() : name
            return !bare.isEmpty && (host == bare || host.hasSuffix(".\(bare)"))
        }
    }
}
