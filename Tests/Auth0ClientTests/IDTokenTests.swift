// ID tokens in answers: signatures, the tenant's keys and how often they are fetched, and what a call expects.

import Auth0API
import Foundation
import JWTKit
import Synchronization
import Testing

@testable import Auth0Client

/// A tenant's keys and the tokens that it signs.
struct TokenIssuer {
    let key: Insecure.RSA.PrivateKey
    let kid: String

    init(kid: String = "k1") throws {
        key = try Insecure.RSA.PrivateKey(pem: TestKeys.rsa.get())
        self.kid = kid
    }

    struct Payload: JWTPayload {
        var iss = "https://acme.auth0.com/"
        var sub = "auth0|1"
        var aud = ["cid"]
        var exp = 1_767_225_660
        var iat = 1_767_225_600
        var nonce: String?
        var org_id: String?
        func verify(using algorithm: some JWTAlgorithm) {}
    }

    func token(
        _ payload: Payload = Payload(), header: JWTHeader = JWTHeader(), secret: String? = nil
    ) async throws -> String {
        let keys = JWTKeyCollection()
        if let secret {
            // A key that is shorter than the hash is filled up with zeros.
            let key = Data(secret.utf8) + Data(count: max(0, 32 - secret.utf8.count))
            await keys.add(hmac: HMACKey(from: key), digestAlgorithm: .sha256)
            return try await keys.sign(payload)
        }
        await keys.add(rsa: key, digestAlgorithm: .sha256, kid: JWKIdentifier(string: kid))
        return try await keys.sign(payload, kid: JWKIdentifier(string: kid), header: header)
    }

    func document(_ more: String = "") throws -> String {
        func text(_ data: Data) -> String {
            data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }
        let parts = try key.publicKey.getKeyPrimitives()
        return
            #"{"keys":[\#(more){"kty":"RSA","use":"sig","alg":"RS256","kid":"\#(kid)","n":"\#(text(parts.modulus))","#
            + #""e":"\#(text(parts.publicExponent))"}]}"#
    }
}

@Suite struct IDTokenTests {
    let clock = TestClock()
    let issuer: TokenIssuer
    init() throws { issuer = try TokenIssuer() }

    func client(
        _ transport: RecordingTransport, rules: IDTokenRules = IDTokenRules(), secret: String = "the-client-secret"
    ) throws -> AuthenticationClient {
        var options = ClientOptions()
        options.transport = transport
        options.time = clock.source
        return try AuthenticationClient(
            domain: "acme.auth0.com", clientID: "cid", credential: .secret(Secret(secret)), idTokens: rules,
            options: options)
    }

    /// Answers grants with the token, and key requests with the issuer's keys.
    func tenant(_ token: String, keys: String? = nil) throws -> RecordingTransport {
        let keys = try keys ?? issuer.document()
        return RecordingTransport { request, _ in
            request.url.hasSuffix("jwks.json")
                ? .json(200, keys) : .json(200, #"{"access_token":"at","id_token":"\#(token)"}"#)
        }
    }

    func grant(
        _ client: AuthenticationClient, _ name: String = "oauth.password_grant",
        fields: [(name: String, value: FormValue)] = [], expecting: IDTokenExpectation = IDTokenExpectation()
    ) async throws -> APIResponse {
        let operation = try #require(Catalog.shared.operation(name, in: .authentication))
        return try await client.send(operation, fields: fields, idToken: expecting)
    }

    func refusal(
        _ token: String, keys: String? = nil, rules: IDTokenRules = IDTokenRules(),
        fields: [(name: String, value: FormValue)] = [], expecting: IDTokenExpectation = IDTokenExpectation()
    ) async throws -> APIError {
        let client = try client(try tenant(token, keys: keys), rules: rules)
        let error = try await #require(throws: APIError.self) {
            _ = try await grant(client, fields: fields, expecting: expecting)
        }
        #expect(error.name == "IdTokenValidatorError" && error.kind == .parse)
        #expect(error.operation == "oauth.password_grant")
        #expect(error.response == nil)
        for part in token.split(separator: ".") where part.count > 10 { #expect(!"\(error)".contains(part)) }
        return error
    }

    @Test func handsOutTokensWhoseSignatureIsTheTenants() async throws {
        let transport = try tenant(try await issuer.token())
        let client = try client(transport)
        for name in [
            "oauth.password_grant", "oauth.refresh_token_grant", "backchannel.backchannel_grant",
            "token_exchange.exchange_token", "oauth.device_code_grant", "mfa.verify_otp", "oauth.passkey_grant",
        ] {
            #expect(try await grant(client, name).status == 200)
        }
        #expect(transport.count("/.well-known/jwks.json") == 1)
        #expect(transport.requests[1].url == "https://acme.auth0.com/.well-known/jwks.json")
        #expect(transport.requests[1].authorization == nil)
    }

    @Test func checksTheTokenOfEveryGrantThatMayGiveOne() async throws {
        let operations = Catalog.shared.operations(in: .authentication).filter { $0.response == "TokenSet" }
        #expect(operations.count > 15)
        let unchecked = operations.filter { !$0.validatesIDToken }.map(\.name)
        #expect(unchecked == ["legacy.resource_owner", "legacy.social_access_token", "oauth.token_for_connection"])
    }

    @Test func refusesATokenThatSomebodyElseSigned() async throws {
        let good = try await issuer.token()
        var parts = good.split(separator: ".").map(String.init)
        let forged = try await issuer.token(TokenIssuer.Payload(sub: "auth0|admin")).split(separator: ".")[1]
        parts[1] = String(forged)
        #expect(try await refusal(parts.joined(separator: ".")).message.contains("signature"))
        #expect(try await refusal("not a token").message.contains("three parts"))
        #expect(try await refusal(parts[0] + "." + parts[1] + ".").message.contains("three parts"))
    }

    @Test func holdsATokenToTheAlgorithmOfTheApplication() async throws {
        let published = try issuer.document()
        // Signed with what everybody knows, the public key, as if it were a shared secret.
        let confused = try await issuer.token(secret: issuer.key.publicKey.pemRepresentation)
        #expect(try await refusal(confused, keys: published).message.contains("RS256"))
        #expect(try await refusal(try await issuer.token(secret: "the-client-secret")).message.contains("RS256"))
        let rules = IDTokenRules(algorithm: .hs256)
        #expect(try await refusal(try await issuer.token(), rules: rules).message.contains("HS256"))
        #expect(try await refusal(try await issuer.token(secret: "wrong"), rules: rules).message.contains("signature"))
        let unsigned = ["{\"alg\":\"none\"}", "{}"].map { Data($0.utf8).base64EncodedString() }.joined(separator: ".")
        _ = try await refusal(unsigned + ".x")
        let transport = try tenant(try await issuer.token(secret: "the-client-secret"))
        #expect(try await grant(client(transport, rules: rules)).status == 200)
        #expect(transport.count("jwks.json") == 0)
    }

    @Test func refusesHeadersThatAskForMore() async throws {
        let token = try await issuer.token(header: ["crit": ["exp"]])
        #expect(try await refusal(token).message.contains("crit"))
    }

    @Test func anEmptySecretIsNone() throws {
        #expect(throws: APIError.self) {
            try AuthenticationClient(
                domain: "acme.auth0.com", clientID: "cid", credential: .secret(Secret("")),
                idTokens: IDTokenRules(algorithm: .hs256))
        }
    }

    @Test(arguments: [
        #"{"access_token":"a"}"#, #"{"access_token":"a","id_token":5}"#, #"{"id_token":"a.b.c","id_token" : "d.e.f"}"#,
    ]) func whatIsExpectedOfATokenHoldsForNoneThatIsMissing(answer: String) async throws {
        var options = ClientOptions()
        options.transport = RecordingTransport { _, _ in .json(200, answer) }
        let client = try AuthenticationClient(
            domain: "acme.auth0.com", clientID: "cid", credential: .secret(Secret("s")), options: options)
        let grant = try #require(Catalog.shared.operation("oauth.password_grant", in: .authentication))
        var expectation = IDTokenExpectation()
        expectation.nonce = "n"
        let error = await #expect(throws: APIError.self) {
            try await client.send(
                grant, fields: [("username", .string("u")), ("password", .string("p"))], idToken: expectation)
        }
        #expect(error?.name == "IdTokenValidatorError")
    }

    @Test func needsASecretForHS256() throws {
        let error = #expect(throws: APIError.self) {
            try AuthenticationClient(
                domain: "acme.auth0.com", clientID: "cid", idTokens: IDTokenRules(algorithm: .hs256))
        }
        #expect(error?.kind == .config)
    }

    @Test func comparesWhatTheCallExpects() async throws {
        let token = try await issuer.token(TokenIssuer.Payload(nonce: "n", org_id: "org_1"))
        let client = try client(try tenant(token))
        #expect(
            try await grant(client, expecting: IDTokenExpectation(nonce: "n", organization: "org_1")).status == 200)
        let wrongNonce = IDTokenExpectation(nonce: "m")
        #expect(try await refusal(token, expecting: wrongNonce).message.contains("nonce"))
        let expired = try await issuer.token(TokenIssuer.Payload(exp: 0))
        #expect(try await refusal(expired).message.contains("exp"))
    }

    @Test func expectsTheOrganizationThatTheRequestNames() async throws {
        let token = try await issuer.token(TokenIssuer.Payload(org_id: "org_1"))
        let error = try await refusal(token, fields: [("organization", .string("org_2"))])
        #expect(error.message.contains("'org_2'"))
        let client = try client(try tenant(token))
        #expect(try await grant(client, fields: [("organization", .string("org_1"))]).status == 200)
        let named = IDTokenExpectation(organization: "org_1")
        #expect(try await grant(client, fields: [("organization", .string("org_2"))], expecting: named).status == 200)
    }

    @Test func expectsTheClientThatTheRequestNames() async throws {
        let token = try await issuer.token(TokenIssuer.Payload(aud: ["other"]))
        let client = try client(try tenant(token))
        #expect(try await grant(client, fields: [("client_id", .string("other"))]).status == 200)
    }

    @Test func readsKeysAmongOthersThatItCannotUse() async throws {
        let token = try await issuer.token()
        let odd = #"{"kty":"OKP","kid":"k1","crv":"X"},{"kty":"RSA","kid":"k1","use":"enc","n":"AQ","e":"AQ"},7,"#
        let client = try client(try tenant(token, keys: issuer.document(odd)))
        #expect(try await grant(client).status == 200)
    }

    @Test func fetchesTheKeysAgainForAKeyThatItDoesNotKnow() async throws {
        let next = try TokenIssuer(kid: "k2")
        let old = try await issuer.token(), new = try await next.token()
        let first = try issuer.document(), second = try next.document()
        let hasRotated = Mutex(false)
        let transport = RecordingTransport { request, _ in
            let rotated = hasRotated.withLock { $0 }
            if request.url.hasSuffix("jwks.json") { return .json(200, rotated ? second : first) }
            return .json(200, #"{"id_token":"\#(rotated ? new : old)"}"#)
        }
        let client = try client(transport)
        _ = try await grant(client)
        hasRotated.withLock { $0 = true }
        // Too soon: a tenant is not asked for every token with a key that nobody knows.
        clock.advance(by: .seconds(29))
        for _ in 0..<3 { await #expect(throws: APIError.self) { try await grant(client) } }
        #expect(transport.count("jwks.json") == 1)
        clock.advance(by: .seconds(1))
        #expect(try await grant(client).status == 200)
        #expect(transport.count("jwks.json") == 2)
    }

    @Test func fetchesTheKeysAgainAfterTenMinutes() async throws {
        let transport = try tenant(try await issuer.token())
        let client = try client(transport)
        _ = try await grant(client)
        clock.advance(by: .seconds(599))
        _ = try await grant(client)
        #expect(transport.count("jwks.json") == 1)
        clock.advance(by: .seconds(1))
        _ = try await grant(client)
        #expect(transport.count("jwks.json") == 2)
    }

    @Test func fetchesTheKeysOnceForAHundredCallers() async throws {
        let token = try await issuer.token(), keys = try issuer.document()
        let transport = RecordingTransport { request, _ async throws(APIError) in
            guard request.url.hasSuffix("jwks.json") else { return .json(200, #"{"id_token":"\#(token)"}"#) }
            for _ in 0..<200 { await Task.yield() }
            return .json(200, keys)
        }
        let client = try client(transport)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { _ = try await grant(client) } }
            try await group.waitForAll()
        }
        #expect(transport.count("jwks.json") == 1)
    }

    @Test(arguments: [
        (404, "{}", APIError.Kind.api), (200, "<html>", .parse), (200, #"{"keys":7}"#, .parse), (503, "{}", .api),
    ]) func saysWhyThereAreNoKeys(status: Int, body: String, kind: APIError.Kind) async throws {
        let token = try await issuer.token()
        let transport = RecordingTransport { request, _ in
            request.url.hasSuffix("jwks.json") ? .json(status, body) : .json(200, #"{"id_token":"\#(token)"}"#)
        }
        let error = try await #require(throws: APIError.self) { _ = try await grant(try client(transport)) }
        #expect(error.kind == kind)
        #expect(error.message.contains("no key set from https://acme.auth0.com/.well-known/jwks.json"))
        #expect(error.operation == "oauth.password_grant")
        // The grant itself is not sent again: its code or token is used up.
        #expect(transport.count("/oauth/token") == 1)
    }
}
