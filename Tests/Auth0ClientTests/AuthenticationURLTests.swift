// URLs for browsers: what is in them, and what is refused.

import Auth0API
import Auth0Client
import Testing

@Suite struct AuthenticationURLTests {
    func url(
        _ name: String, path: [String] = [], _ query: [(String, QueryValue)] = []
    ) throws -> String {
        let transport = RecordingTransport { _, _ in .json(200) }
        var options = ClientOptions()
        options.transport = transport
        let client = try AuthenticationClient(domain: "acme.auth0.com", clientID: "c/id", options: options)
        let operation = try #require(Catalog.shared.operation(name, in: .authentication))
        let url = try client.url(for: operation, path: path, query: query.map { .init($0.0, $0.1) })
        #expect(transport.requests.isEmpty)
        return url
    }

    @Test func writesAnAuthorizeURL() throws {
        #expect(
            try url(
                "oauth.authorize_url",
                [
                    ("response_type", .string("code")), ("redirect_uri", .string("https://app.test/cb?a=1")),
                    ("scope", .string("openid profile")), ("max_age", .integer(60)), ("state", .null),
                    ("ext-flag", .boolean(true)),
                ])
                == "https://acme.auth0.com/authorize?client_id=c%2Fid&response_type=code"
                + "&redirect_uri=https%3A%2F%2Fapp.test%2Fcb%3Fa%3D1&scope=openid%20profile&max_age=60&ext-flag=true")
    }

    static let logouts: [(QueryValue, String)] = [
        (.boolean(true), "&federated"), (.string(""), "&federated"), (.string("true"), "&federated"),
        (.boolean(false), ""), (.string("false"), ""), (.null, ""),
    ]
    @Test(arguments: logouts.indices) func writesAFlagWithoutAValue(index: Int) throws {
        let (value, text) = Self.logouts[index]
        for (name, path) in [("oauth.logout_url", "v2/logout"), ("oidc.logout_url", "oidc/logout")] {
            #expect(try url(name, [("federated", value)]) == "https://acme.auth0.com/\(path)?client_id=c%2Fid\(text)")
        }
    }

    @Test func letsTheCallerNameAnotherClient() throws {
        #expect(
            try url("oauth.logout_url", [("client_id", .string("x")), ("returnTo", .string("https://a.test"))])
                == "https://acme.auth0.com/v2/logout?client_id=x&returnTo=https%3A%2F%2Fa.test")
    }

    @Test func writesURLsWithTheClientInThePath() throws {
        #expect(try url("saml.login_url", path: ["a/b"]) == "https://acme.auth0.com/samlp/a%2Fb")
        #expect(
            try url("ws_federation.login_url", path: ["x"], [("wtrealm", .string("urn:a")), ("other", .string("b"))])
                == "https://acme.auth0.com/wsfed/x?wtrealm=urn%3Aa&other=b")
    }

    @Test func refusesWhatMakesNoURL() throws {
        for (name, path, query) in [
            ("oauth.password_grant", [], []), ("saml.login_url", [""], []), ("saml.login_url", [".."], []),
            ("oauth.authorize_url", [], [("scope", QueryValue.array([.string("openid")]))]),
            ("oauth.logout_url", [], [("federated", .string("maybe"))]),
        ] as [(String, [String], [(String, QueryValue)])] {
            let error = #expect(throws: APIError.self, "\(name)") { try url(name, path: path, query) }
            #expect(error?.kind == .argument)
        }
    }
}
