// Requests to the Authentication API: bodies, client authentication, and who may leave it out.

import Auth0API
import JWTKit
import Testing

@testable import Auth0Client

@Suite struct AuthenticationClientTests {
    func client(_ transport: RecordingTransport, _ credential: ClientCredential?) throws -> AuthenticationClient {
        var options = ClientOptions()
        options.transport = transport
        options.time = TestClock().source
        return try AuthenticationClient(
            domain: "acme.auth0.com", clientID: "cid", credential: credential, options: options)
    }
    func operation(_ name: String) throws -> Operation {
        try #require(Catalog.shared.operation(name, in: .authentication))
    }
    func body(_ transport: RecordingTransport) -> String {
        String(decoding: transport.requests.last?.body ?? [], as: UTF8.self)
    }

    @Test func givesTheTokensOfAGrant() async throws {
        let transport = RecordingTransport { _, _ in
            .json(200, #"{"access_token":"at","expires_in":86400,"scope":"read:x","token_type":"Bearer"}"#)
        }
        let tokens = try await client(transport, .secret(Secret("sec"))).clientCredentialsGrant(
            audience: "https://api.test", organization: "org_1")
        #expect(tokens.accessToken.reveal() == "at")
        #expect(tokens.expiresIn == .seconds(86_400))
        #expect(tokens.scope == "read:x")
        #expect(!"\(tokens)".contains("at\""))
        #expect(
            body(transport)
                == "client_id=cid&audience=https%3A%2F%2Fapi.test&organization=org_1&grant_type=client_credentials&client_secret=sec"
        )
    }

    @Test(arguments: SigningKey.Algorithm.allCases)
    func signsAnAssertionWithAPrivateKey(algorithm: SigningKey.Algorithm) async throws {
        let keys = JWTKeyCollection()
        let pem: String
        switch algorithm {
        case .es256:
            let key = ES256PrivateKey()
            pem = key.pemRepresentation
            await keys.add(ecdsa: key.publicKey)
        case .es384:
            let key = ES384PrivateKey()
            pem = key.pemRepresentation
            await keys.add(ecdsa: key.publicKey)
        default:
            pem = try TestKeys.rsa.get()
            let key = try Insecure.RSA.PrivateKey(pem: pem).publicKey
            let digest: DigestAlgorithm =
                switch algorithm {
                case .rs384, .ps384: .sha384
                case .rs512, .ps512: .sha512
                default: .sha256
                }
            if algorithm.rawValue.hasPrefix("PS") {
                await keys.add(pss: key, digestAlgorithm: digest)
            } else {
                await keys.add(rsa: key, digestAlgorithm: digest)
            }
        }
        let transport = RecordingTransport { _, _ in .token("at") }
        let client = try client(transport, .privateKey(SigningKey(pem: Secret(pem), algorithm: algorithm)))
        _ = try await client.clientCredentialsGrant(audience: "a")
        let fields = body(transport).split(separator: "&").map { $0.split(separator: "=").map(String.init) }
        let values = Dictionary(uniqueKeysWithValues: fields.map { ($0[0], $0[1]) })
        #expect(values["client_secret"] == nil)
        #expect(values["client_assertion_type"] == "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer")
        let claims = try await keys.verify(try #require(values["client_assertion"]), as: Claims.self)
        #expect(claims.iss == "cid" && claims.sub == "cid" && claims.aud == "https://acme.auth0.com/")
        #expect(claims.iat == 1_767_225_600 && claims.exp == 1_767_225_720)
        #expect(claims.jti.count == 36)
    }
    struct Claims: JWTPayload {
        let iss, sub, aud, jti: String
        let iat, exp: Int
        func verify(using algorithm: some JWTAlgorithm) {}
    }

    @Test func saysThatAKeyCannotSignWithoutShowingIt() async throws {
        let transport = RecordingTransport { _, _ in .token("at") }
        let client = try client(transport, .privateKey(SigningKey(pem: Secret("-----BEGIN hunter2"))))
        let error = await #expect(throws: APIError.self) { try await client.clientCredentialsGrant(audience: "a") }
        #expect(error?.kind == .config)
        #expect(!"\(error!)".contains("hunter2"))
        #expect(transport.requests.isEmpty)
    }

    @Test func needsCredentialsUnlessTheClientSaysThatItHasNone() async throws {
        let transport = RecordingTransport { _, _ in .token("at") }
        let error = await #expect(throws: APIError.self) {
            try await client(transport, nil).clientCredentialsGrant(audience: "a")
        }
        #expect(error?.kind == .config)
        #expect(transport.requests.isEmpty)
        _ = try await client(transport, .publicClient).send(
            operation("oauth.refresh_token_grant"), fields: [("refresh_token", .secret(Secret("r")))])
        #expect(body(transport) == "client_id=cid&refresh_token=r&grant_type=refresh_token")
    }

    @Test(arguments: [
        ("oauth.client_credentials_grant", "use_mtls"), ("backchannel.backchannel_grant", "use_mtls"),
        ("oauth.authorization_code_grant", "oauth.authorization_code_grant_with_pkce"),
        ("token_exchange.on_behalf_of", "use_mtls"),
    ]) func refusesAPublicClientWhatTheProtocolRefusesIt(name: String, hint: String) async throws {
        let transport = RecordingTransport { _, _ in .token("at") }
        let error = await #expect(throws: APIError.self) {
            try await client(transport, .publicClient).send(operation(name))
        }
        #expect(error?.kind == .config && error?.operation == name)
        #expect(error?.hint?.contains(hint) == true)
        #expect(transport.requests.isEmpty)
    }

    @Test func namesTheWaysOutWhenThereIsNoCredential() async throws {
        let transport = RecordingTransport { _, _ in .token("at") }
        let error = await #expect(throws: APIError.self) {
            try await client(transport, nil).send(operation("oauth.refresh_token_grant"))
        }
        for way in [
            "client_secret", "client_assertion_signing_key", "use_mtls", #"token_endpoint_auth_method = "none""#,
        ] {
            #expect(error?.hint?.contains(way) == true, "\(way)")
        }
        #expect(transport.requests.isEmpty)
    }

    @Test func sendsAClientWithACertificateToTheHostForThem() async throws {
        let transport = RecordingTransport { _, _ in .json(200) }
        var options = ClientOptions()
        options.transport = transport
        options.usesMTLS = true
        let key = ClientCredential.privateKey(SigningKey(pem: Secret(try TestKeys.rsa.get())))
        for (domain, credential) in [
            ("acme.auth0.com", nil), ("acme.auth0.com", key), ("http://127.0.0.1:1", nil),
            ("https://[2001:db8::1]", nil),
            ("https://localhost:1", nil),
        ] {
            let client = try AuthenticationClient(
                domain: domain, clientID: "cid", credential: credential, options: options)
            _ = try await client.send(operation("oauth.client_credentials_grant"), fields: [("audience", .string("a"))])
        }
        #expect(
            transport.requests.map(\.url) == [
                "https://mtls.acme.auth0.com/oauth/token", "https://mtls.acme.auth0.com/oauth/token",
                "http://127.0.0.1:1/oauth/token", "https://[2001:db8::1]/oauth/token",
                "https://localhost:1/oauth/token",
            ])
        let body = String(decoding: transport.requests[1].body ?? [], as: UTF8.self)
        let assertion = try #require(body.split(separator: "&").first { $0.hasPrefix("client_assertion=") }).dropFirst(
            17)
        let claims = try await JWTKeyCollection().unverified(String(assertion), as: Claims.self)
        #expect(claims.aud == "https://mtls.acme.auth0.com/")
        #expect(!String(decoding: transport.requests[0].body ?? [], as: UTF8.self).contains("client_assertion"))
    }

    @Test(arguments: [
        (
            #"{"error":"mfa_required","error_description":"Needs MFA","mfa_token":"secret-mfa"}"#, "mfa_required",
            "Needs MFA"
        ),
        (#"{"code":"user_exists","description":"The user exists"}"#, "user_exists", "The user exists"),
        (
            #"{"code":"invalid_password","message":"too weak","description":{"rules":[]}}"#, "invalid_password",
            "too weak"
        ),
        (#"{"error":"access_denied"}"#, "access_denied", "access_denied"),
        ("gone", nil, "status 403: gone"),
        ("", nil, "status 403 without a message"),
    ]) func namesAnErrorByTheFieldsOfItsAnswer(body: String, code: String?, message: String) async throws {
        let transport = RecordingTransport { _, _ in .json(403, body) }
        let error = try await #require(throws: APIError.self) {
            _ = try await client(transport, .secret(Secret("very-secret"))).send(
                operation("oauth.password_grant"),
                fields: [("username", .string("u")), ("password", .string("pass-word"))])
        }
        #expect(error.name == "AuthApiError" && error.kind == .api && error.status == 403)
        #expect(error.code == code && error.message == message)
        #expect((error.hint?.contains("mfa_token") ?? false) == (code == "mfa_required"))
        #expect(error.response.map { String(decoding: $0.body, as: UTF8.self) } == body)
    }

    @Test func keepsWhatItSentOutOfAnErrorThatEchoesIt() async throws {
        let transport = RecordingTransport { request, _ in
            .json(400, #"{"error":"x","error_description":"\#(String(decoding: request.body ?? [], as: UTF8.self))"}"#)
        }
        let error = try await #require(throws: APIError.self) {
            _ = try await client(transport, .secret(Secret("very-secret"))).send(
                operation("mfa.verify_otp"),
                fields: [("mfa_token", .string("mfa-token-1")), ("otp", .string("123456"))])
        }
        let shown = "\(error) \(String(decoding: error.response?.body ?? [], as: UTF8.self))"
        for secret in ["very-secret", "mfa-token-1", "123456"] { #expect(!shown.contains(secret)) }
    }

    @Test func retriesOnlyGrantsThatMayBeAskedForTwice() async throws {
        for (name, sent) in [
            ("oauth.client_credentials_grant", 3), ("oauth.revoke_refresh_token", 3), ("oauth.refresh_token_grant", 1),
            ("passwordless.send_email", 1),
        ] {
            let transport = RecordingTransport { _, _ in .json(503) }
            await #expect(throws: APIError.self) {
                try await client(transport, .secret(Secret("s"))).send(operation(name))
            }
            #expect(transport.requests.count == sent, "\(name)")
        }
    }

    @Test(arguments: [#"{"_id":"1","email":"e"}"#, #"{"email":"e","user_id":"1"}"#, #"{ "id":"1","_id":"2"}"#])
    func givesANewUserAnId(body: String) async throws {
        let transport = RecordingTransport { _, _ in .json(200, body) }
        let response = try await client(transport, nil).send(operation("database.sign_up"))
        #expect(TextFields(response.body)["id"] == "1")
    }

    @Test func sendsJSONWhereTheOperationTakesIt() async throws {
        let transport = RecordingTransport { _, _ in .json(200) }
        _ = try await client(transport, nil).send(
            operation("database.sign_up"),
            fields: [
                ("email", .string("a\"b\u{1}\n")), ("password", .secret(Secret("p"))), ("connection", .string("c")),
                ("user_metadata", .json(Array(#"{"a":1}"#.utf8))),
            ])
        #expect(
            body(transport)
                == #"{"client_id":"cid","email":"a\"b\u0001\n","password":"p","connection":"c","user_metadata":{"a":1}}"#
        )
        #expect(transport.requests[0].headers["content-type"] == "application/json")
    }

    @Test func doesNotRepeatAGrantThatMayHaveBeenUsedUp() async throws {
        let transport = RecordingTransport { _, _ in .json(503) }
        await #expect(throws: APIError.self) {
            try await client(transport, .secret(Secret("s"))).send(
                operation("oauth.authorization_code_grant"), fields: [("code", .string("x"))])
        }
        #expect(transport.requests.count == 1)
    }

    @Test func asksWhoAUserIsWithTheUsersToken() async throws {
        let transport = RecordingTransport { _, number in
            number == 0 ? .json(200, #"{"sub":"auth0|1"}"#) : .json(401, #"{"error":"invalid_token"}"#)
        }
        var options = ClientOptions()
        options.transport = transport
        let client = try UserInfoClient(domain: "acme.auth0.com", options: options)
        #expect(try await client.getUserInfo(accessToken: Secret("user-token")).status == 200)
        #expect(transport.requests[0].url == "https://acme.auth0.com/userinfo")
        #expect(transport.requests[0].authorization?.reveal() == "Bearer user-token")
        let error = await #expect(throws: APIError.self) {
            try await client.getUserInfo(accessToken: Secret("user-token"))
        }
        #expect(error?.name == "UserInfoError")
        #expect(error?.code == "invalid_token")
        #expect(error?.attempts == 1)
    }
}
