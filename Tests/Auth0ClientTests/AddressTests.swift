// Domains and proxies as people write them.

import Auth0API
import Testing

@testable import Auth0Client

@Suite struct AddressTests {
    @Test(arguments: [
        ("acme.eu.auth0.com", "https://acme.eu.auth0.com"), ("Acme.EU.auth0.com/", "https://acme.eu.auth0.com"),
        ("https://login.example.com:8443", "https://login.example.com:8443"),
        ("http://127.0.0.1:8787", "http://127.0.0.1:8787"), ("http://localhost:1/", "http://localhost:1"),
        ("http://[::1]:8787", "http://[::1]:8787"), ("10.0.0.1", "https://10.0.0.1"),
    ])
    func acceptsADomain(domain: String, origin: String) throws {
        #expect(try TenantAddress(domain).origin == origin)
    }

    @Test(arguments: [
        "", " acme.auth0.com", "acme.auth0.com\n", "\"acme.auth0.com\"", "'acme.auth0.com'", "acme.auth0.com;",
        "acme.auth0.com/api/v2", "https://acme.auth0.com?x", "ftp://acme.auth0.com", "user@acme.auth0.com",
        "http://acme.auth0.com", "http://127.0.0.1.evil.com", "http://10.0.0.1", "acme..auth0.com", ".auth0.com",
        "acme.auth0.com:0", "acme.auth0.com:70000", "acme.auth0.com:", "acme.auth0.com:+1", "äcme.auth0.com", "a\\b",
        "http://localhost:80@evil.com", "https://", "a%2eb",
    ])
    func refusesAMalformedDomain(domain: String) {
        let error = #expect(throws: APIError.self) { try TenantAddress(domain) }
        #expect(error?.kind == .config)
        #expect(error?.hint != nil)
    }

    @Test(arguments: [
        ("acme.auth0.com", true), ("no.example.com", false), ("example.com", false), ("notexample.com", true),
        ("127.0.0.1", false), ("localhost", false), ("other.test", false), ("sub.other.test", false),
    ])
    func findsTheProxyOfAHost(host: String, isProxied: Bool) throws {
        let proxies = ProxySettings([
            "HTTPS_PROXY": "http://u:p%40@proxy.test:3128", "NO_PROXY": ".example.com, other.test",
        ])
        let proxy = try proxies.proxy(scheme: "https", host: host, port: 443)
        #expect((proxy != nil) == isProxied)
        if let proxy {
            #expect(
                proxy
                    == .init(kind: .http, host: "proxy.test", port: 3128, user: "u", password: Secret("p@")))
        }
    }

    @Test func prefersLowerCaseAndIgnoresEmptyVariables() throws {
        let both = ProxySettings(["https_proxy": "http://low:1", "HTTPS_PROXY": "http://up:2", "HTTP_PROXY": ""])
        #expect(try both.proxy(scheme: "https", host: "h.test", port: 443)?.host == "low")
        #expect(try both.proxy(scheme: "http", host: "h.test", port: 80) == nil)
        let all = ProxySettings(["all_proxy": "socks5://s:9", "no_proxy": "h.test:8443"])
        #expect(try all.proxy(scheme: "https", host: "h.test", port: 443)?.kind == .socks)
        #expect(try all.proxy(scheme: "https", host: "h.test", port: 8443) == nil)
        #expect(
            try ProxySettings(["all_proxy": "s:9", "no_proxy": "*"]).proxy(scheme: "https", host: "h", port: 1) == nil)
    }

    @Test func doesNotQuoteAProxyThatItCannotRead() {
        let proxies = ProxySettings(https: Secret("ftp://user:hunter2@proxy"))
        let error = #expect(throws: APIError.self) { try proxies.proxy(scheme: "https", host: "h", port: 443) }
        #expect(error?.kind == .config)
        #expect(!"\(error!)".contains("hunter2"))
    }
}
