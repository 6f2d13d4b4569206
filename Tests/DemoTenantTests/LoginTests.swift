// Logins of users: who may come back where, what codes are good for, and which clients have to prove themselves how.
import Auth0API
import AsyncHTTPClient
import CryptoExtras
import Foundation
import JWTKit
import Testing

@testable import DemoTenant

@Suite struct LoginTests {
    /// Where `/authorize` sends a browser.
    func authorize(_ visitor: Visitor, _ changes: [String: String?]) async throws -> (
        status: Int, query: [String: String]
    ) {
        let user = try await visitor.get("users?per_page=1&q=identities.provider:auth0").json.array?.first?.object
        var query: [String: String?] = [
            "client_id": visitor.tenant.clientID, "response_type": "code", "redirect_uri": "https://app.test/cb?x=1",
            "state": "s t", "login_hint": user?["email"]?.string,
        ]
        for (name, value) in changes { query[name] = .some(value) }
        let text = query.compactMap { name, value in
            value.map { "\(name)=\(PercentEncoding.component($0))" }
        }
        let configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        let browser = HTTPClient(configuration: configuration)
        let url = "\(visitor.tenant.url)/authorize?\(text.joined(separator: "&"))"
        let response = try await browser.execute(HTTPClientRequest(url: url), timeout: .seconds(30))
        try await browser.shutdown()
        let location = response.headers.first(name: "location").flatMap { URLComponents(string: $0) }
        let items = location?.queryItems ?? []
        return (Int(response.status.code), Dictionary(items.map { ($0.name, $0.value ?? "") }) { $1 })
    }

    func exchange(_ visitor: Visitor, _ more: JSON.Object) async throws -> Visitor.Reply {
        var request: JSON.Object = [
            "grant_type": "authorization_code", "client_id": .string(visitor.tenant.clientID),
            "client_secret": .string(visitor.tenant.clientSecret.reveal()),
        ]
        for (name, value) in more.members { request[name] = value }
        return try await visitor.post("/oauth/token", .object(request))
    }

    @Test func aCodeIsGoodOnceForWhatItWasMadeFor() async throws {
        try await Visitor.visit { visitor in
            let (status, query) = try await authorize(visitor, ["scope": "openid"])
            #expect(status == 302 && query["x"] == "1" && query["state"] == "s t")
            let code = JSON.string(query["code"] ?? "")
            let elsewhere = try await exchange(visitor, ["code": code, "redirect_uri": "https://other.test/"])
            #expect(elsewhere.status == 403 && elsewhere["error"] == "invalid_grant")
            let late = try await exchange(visitor, ["code": code, "redirect_uri": "https://app.test/cb?x=1"])
            #expect(late["error"] == "invalid_grant", "the wrong address used it up")
            let next = try await authorize(visitor, [:]).query["code"] ?? ""
            let good = try await exchange(
                visitor, ["code": .string(next), "redirect_uri": "https://app.test/cb?x=1"])
            #expect(good.status == 200 && good["id_token"] != nil && good["refresh_token"] == nil)
        }
    }

    @Test(
        arguments: [
            ("response_type", "token", "unsupported_response_type"), ("login_hint", nil, "login_required"),
            ("login_hint", "nobody@example.com", "access_denied"), ("organization", "nowhere", "access_denied"),
            ("code_challenge_method", "plain", "invalid_request"), ("code_challenge", "abc", "invalid_request"),
        ] as [(String, String?, String)])
    func sendsARefusalBackToTheApplication(name: String, value: String?, error: String) async throws {
        try await Visitor.visit { visitor in
            let (status, query) = try await authorize(visitor, [name: value])
            #expect(status == 302 && query["error"] == error && query["code"] == nil && query["state"] == "s t")
        }
    }

    @Test func sendsNobodyToAnAddressThatTheClientDoesNotHave() async throws {
        try await Visitor.visit { visitor in
            let clients = try await visitor.get("clients?app_type=native").json.array ?? []
            let native = try #require(clients.first?.object), id = native["client_id"]?.string
            let callback = native["callbacks"]?.array?.first?.string
            #expect(try await authorize(visitor, ["client_id": id]).status == 403)
            #expect(try await authorize(visitor, ["client_id": "nobody"]).status == 400)
            let bare = try await authorize(visitor, ["client_id": id, "redirect_uri": callback])
            #expect(bare.query["error"] == "invalid_request", "a public client needs a challenge")
            let proven = try await authorize(
                visitor,
                [
                    "client_id": id, "redirect_uri": callback, "code_challenge_method": "S256",
                    "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                ])
            let reply = try await visitor.post(
                "/oauth/token",
                [
                    "grant_type": "authorization_code", "client_id": .string(id ?? ""),
                    "redirect_uri": .string(callback ?? ""), "code": .string(proven.query["code"] ?? ""),
                    "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
                ])
            #expect(reply.status == 200)
        }
    }

    @Test func aCodeAndADeviceCodeEnd() async throws {
        let time = MovableTime()
        try await Visitor.visit({ $0.now = { time.now } }) { visitor in
            let code = try await authorize(visitor, [:]).query["code"] ?? ""
            let credentials: JSON.Object = [
                "client_id": .string(visitor.tenant.clientID),
                "client_secret": .string(visitor.tenant.clientSecret.reveal()),
            ]
            let device = try await visitor.post("/oauth/device/code", .object(credentials))
            time.advance(901)
            let late = try await exchange(
                visitor, ["code": .string(code), "redirect_uri": "https://app.test/cb?x=1"])
            #expect(late["error"] == "invalid_grant")
            var request = credentials
            request["grant_type"] = .string(GrantType.deviceCode.rawValue)
            request["device_code"] = device["device_code"]
            let reply = try await visitor.post("/oauth/token", .object(request))
            #expect(reply.status == 403 && reply["error"] == "expired_token")
        }
    }

    private struct Assertion: JWTPayload {
        var iss, sub, aud: String
        var exp: Int
        func verify(using algorithm: some JWTAlgorithm) {}
    }

    @Test func aClientWithAKeyProvesItselfByItsSignatureAlone() async throws {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let keys = await JWTKeyCollection().add(
            rsa: try Insecure.RSA.PrivateKey(pem: key.pkcs8PEMRepresentation), digestAlgorithm: .sha256)
        try await Visitor.visit { visitor in
            let made = try await visitor.post(
                "clients",
                [
                    "name": "signer", "app_type": "non_interactive", "grant_types": ["password"],
                    "client_authentication_methods": [
                        "private_key_jwt": [
                            "credentials": [
                                [
                                    "credential_type": "public_key", "name": "k",
                                    "pem": .string(key.publicKey.pemRepresentation),
                                ]
                            ]
                        ]
                    ],
                ])
            let id = made["client_id"]?.string ?? ""
            let issuer = "\(visitor.tenant.url)/", soon = Int(Date().timeIntervalSince1970) + 60
            for (assertion, status) in [
                (Assertion(iss: id, sub: id, aud: issuer, exp: soon), 403),
                (Assertion(iss: id, sub: id, aud: "https://other/", exp: soon), 401),
                (Assertion(iss: id, sub: id, aud: issuer, exp: soon - 120), 401),
                (Assertion(iss: "x", sub: id, aud: issuer, exp: soon), 401),
            ] {
                let reply = try await visitor.post(
                    "/oauth/token",
                    [
                        "grant_type": "password", "username": "nobody", "password": "x", "client_id": .string(id),
                        "client_assertion": .string(try await keys.sign(assertion)),
                        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                    ])
                #expect(reply.status == status, "403 is about the user: the client was accepted")
            }
            let secret = try await visitor.post(
                "/oauth/token",
                [
                    "grant_type": "password", "username": "nobody", "password": "x", "client_id": .string(id),
                    "client_secret": made["client_secret"] ?? "",
                ])
            #expect(secret.status == 401, "its secret opens nothing")
        }
    }

    @Test func saysWhatItHas() async throws {
        try await Visitor.visit(users: 0) { visitor in
            let configuration = try await visitor.get("/.well-known/openid-configuration").json.object ?? [:]
            for (name, value) in configuration.members where name.hasSuffix("_endpoint") {
                let path = (value.string ?? "").dropFirst(visitor.tenant.url.count)
                let method = ["authorization_endpoint", "userinfo_endpoint", "end_session_endpoint"].contains(name)
                let reply = try await visitor.send(
                    method ? "GET" : "POST", String(path), method ? nil : Array("{}".utf8))
                #expect(reply.status != 404, "\(name)")
            }
        }
    }
}
