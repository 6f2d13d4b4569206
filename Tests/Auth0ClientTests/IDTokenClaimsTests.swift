// Every rule for the claims of an ID token, with a token that keeps it and one that breaks it.

import Auth0API
import Foundation
import Testing

@testable import Auth0Client

@Suite struct IDTokenClaimsTests {
    static let now = 1_767_225_600.0
    static let good = [
        "iss": "\"https://acme.auth0.com/\"", "sub": "\"auth0|1\"", "aud": "\"cid\"", "exp": "1767225660",
        "iat": "1767225600",
    ]

    func problem(
        _ changes: [String: String], _ change: (inout IDTokenClaims.Expected) -> Void = { _ in }
    ) throws -> String? {
        let members = Self.good.merging(changes) { $1 }.filter { !$0.value.isEmpty }
        let text = "{\(members.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ","))}"
        var expected = IDTokenClaims.Expected(
            issuer: "https://acme.auth0.com/", clientID: "cid", tolerance: 60, now: Self.now)
        change(&expected)
        return try JSONDecoder().decode(IDTokenClaims.self, from: Data(text.utf8)).problem(expected)
    }

    @Test func acceptsAGoodToken() throws { #expect(try problem([:]) == nil) }

    @Test(arguments: [
        ("iss", "\"https://acme.auth0.com\""), ("iss", "\"https://evil.test/\""), ("iss", ""), ("iss", "1"),
        ("sub", ""), ("sub", "\"\""), ("sub", "7"), ("sub", "null"),
        ("aud", ""), ("aud", "\"other\""), ("aud", "[\"other\"]"), ("aud", "[]"), ("aud", "7"), ("aud", "[\"cid\",7]"),
        ("exp", ""), ("exp", "0"), ("exp", "\"1767225660\""), ("exp", "1767225539"), ("iat", ""), ("iat", "\"now\""),
        ("nbf", "1767225661"), ("nbf", "\"x\""), ("nonce", "\"n\""),
    ]) func refusesAClaim(name: String, value: String) throws {
        let problem = try #require(try problem([name: value]))
        #expect(problem.contains(name))
    }

    @Test(arguments: [
        ("aud", "[\"cid\"]"), ("exp", "1767225540"), ("exp", "1767225660.5"), ("iat", "0"), ("nbf", "1767225660"),
        ("azp", "\"someone\""),
    ]) func acceptsAClaim(name: String, value: String) throws { #expect(try problem([name: value]) == nil) }

    @Test(arguments: [("\"cid\"", true), ("\"other\"", false), ("", false), ("7", false)])
    func asksForThePartyWhenThereAreSeveralAudiences(azp: String, isGood: Bool) throws {
        let problem = try problem(["aud": "[\"x\",\"cid\"]", "azp": azp])
        #expect((problem == nil) == isGood)
        if !isGood { #expect(problem?.contains("azp") == true) }
    }

    @Test(arguments: [("\"n1\"", true), ("\"n2\"", false), ("", false), ("1", false)])
    func comparesTheNonce(value: String, isGood: Bool) throws {
        #expect((try problem(["nonce": value]) { $0.nonce = "n1" } == nil) == isGood)
    }

    @Test(arguments: [
        ("org_1", "org_id", "\"org_1\"", true), ("org_1", "org_id", "\"ORG_1\"", false),
        ("org_1", "org_id", "\"org_2\"", false), ("org_1", "org_name", "\"org_1\"", false),
        ("org_1", "org_id", "", false),
        ("Acme", "org_name", "\"acme\"", true), ("acme", "org_name", "\"ACME\"", true),
        ("acme", "org_name", "\"other\"", false), ("acme", "org_id", "\"acme\"", false),
        ("acme", "org_name", "1", false),
    ]) func comparesTheOrganization(wanted: String, claim: String, value: String, isGood: Bool) throws {
        #expect((try problem([claim: value]) { $0.organization = wanted } == nil) == isGood)
    }

    @Test(arguments: [
        ("1767225600", 0.0, true), ("1767225240", 300.0, true), ("1767225239", 300.0, false), ("0", 300.0, false),
        ("", 300.0, false), ("\"1767225600\"", 300.0, false),
    ]) func comparesWhenTheUserSignedIn(value: String, maxAge: Double, isGood: Bool) throws {
        #expect((try problem(["auth_time": value, "iat": "1"]) { $0.maxAge = maxAge } == nil) == isGood)
    }

    @Test func allowsForClocksAsFarAsItIsTold() throws {
        #expect(try problem(["exp": "1767225595"]) { $0.tolerance = 0 } != nil)
        #expect(try problem(["exp": "1767225000"]) { $0.tolerance = 600 } == nil)
    }
}
