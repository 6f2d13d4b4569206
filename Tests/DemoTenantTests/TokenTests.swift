// Who gets a token, what it opens, and that anybody can check it.
import Auth0API
import Foundation
import JWTKit
import Synchronization
import Testing

@testable import DemoTenant

@Suite struct TokenTests {
    @Test func aTokenIsCheckedWithThePublishedKeys() async throws {
        try await Visitor.visit { visitor in
            let keys = try await visitor.get("/.well-known/jwks.json")
            let collection = try await JWTKeyCollection().add(jwksJSON: keys.text)
            let claims = try await collection.verify(visitor.token ?? "", as: Claims.self)
            #expect(claims.iss == visitor.tenant.url + "/")
            #expect(claims.aud == [visitor.tenant.url + "/api/v2/"])
            #expect(claims.exp - claims.iat == 86_400)
            #expect(claims.scope?.contains("update:clients") == true)
        }
    }

    @Test func aFormWorksLikeJSON() async throws {
        try await Visitor.visit { visitor in
            let tenant = visitor.tenant
            let form =
                "grant_type=client_credentials&client_id=\(tenant.clientID)&client_secret=\(tenant.clientSecret.reveal())"
                + "&audience=http%3A%2F%2F\(tenant.domain.replacing(":", with: "%3A"))%2Fapi%2Fv2%2F"
            let reply = try await visitor.send(
                "POST", "/oauth/token", Array(form.utf8), contentType: "application/x-www-form-urlencoded")
            #expect(reply.status == 200)
            #expect(reply["token_type"] == "Bearer")
        }
    }

    @Test(arguments: [
        ("client_secret", "wrong", 401, "access_denied"), ("client_id", "nobody", 401, "access_denied"),
        ("grant_type", "magic", 403, "unsupported_grant_type"),
        ("audience", "https://elsewhere.example/", 403, "access_denied"),
    ])
    func refuses(name: String, value: String, status: Int, error: String) async throws {
        try await Visitor.visit(users: 0) { visitor in
            var request: JSON.Object = [
                "grant_type": "client_credentials", "client_id": .string(visitor.tenant.clientID),
                "client_secret": .string(visitor.tenant.clientSecret.reveal()),
                "audience": .string("\(visitor.tenant.url)/api/v2/"),
            ]
            request[name] = .string(value)
            let reply = try await visitor.post("/oauth/token", .object(request))
            #expect(reply.status == status)
            #expect(reply["error"]?.string == error)
        }
    }

    @Test func withoutScopeOrTokenNothingOpens() async throws {
        try await Visitor.visit { visitor in
            var other = visitor
            other.token = nil
            #expect(try await other.get("users")["message"] == "Missing authentication")
            other.token = "a.b.c"
            let bad = try await other.get("users")
            #expect(bad.status == 401 && bad["message"] == "Invalid token" && bad["errorCode"] == "invalid_token")
            other.token = try await visitor.fetchToken(scope: "read:clients")
            #expect(try await other.get("clients").status == 200)
            let refused = try await other.get("roles")
            #expect(refused.status == 403)
            #expect(refused["message"] == "Insufficient scope, expected any of: read:roles")
            #expect(refused["errorCode"] == "insufficient_scope")
            let client = try await other.get("clients/\(visitor.tenant.clientID)")
            #expect(client["client_secret"] == nil && client["name"] == "luath")
        }
    }

    @Test func aTokenEndsWithItsTime() async throws {
        let time = MovableTime()
        try await Visitor.visit(
            users: 0,
            { options in
                options.now = { time.now }
                options.tokenLifetime = .seconds(60)
            }
        ) { visitor in
            #expect(try await visitor.get("roles").status == 200)
            time.advance(61)
            let reply = try await visitor.get("roles")
            #expect(reply.status == 401)
            #expect(reply["message"] == "Expired token received for JSON Web Token validation")
        }
    }

    @Test func aUserSignsInAndAsksWhoTheyAre() async throws {
        try await Visitor.visit { visitor in
            let users = try await visitor.get("users?q=identities.connection:%22Username-Password-Authentication%22")
            let user = users.json.array?.first { $0.object?["blocked"] == nil }?.object ?? [:]
            let reply = try await visitor.post(
                "/oauth/token",
                [
                    "grant_type": "password", "username": user["email"] ?? "",
                    "password": .string(DemoTenant.userPassword.reveal()), "scope": "openid email",
                    "client_id": .string(visitor.tenant.clientID),
                    "client_secret": .string(visitor.tenant.clientSecret.reveal()),
                ])
            #expect(reply["id_token"] != nil)
            var person = visitor
            person.token = reply["access_token"]?.string
            let info = try await person.get("/userinfo")
            #expect(info["sub"] == user["user_id"] && info["email"] == user["email"] && info["name"] == nil)
            #expect(try await person.get("users").status == 401)
            #expect(try await visitor.get("/userinfo").status == 401)
        }
    }
}

/// A clock that a test moves.
final class MovableTime: Sendable {
    private let seconds = Mutex(1_790_000_000.0)
    var now: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }
    func advance(_ by: Double) { seconds.withLock { $0 += by } }
}
