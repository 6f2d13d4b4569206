// Code verifiers and challenges against the vector of RFC 7636.

import Auth0API
import Auth0Client
import Testing

@Suite struct PKCETests {
    @Test func makesTheChallengeOfAppendixB() throws {
        let pkce = try PKCE(verifier: Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        #expect(pkce.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        #expect(PKCE.method == "S256")
    }

    @Test func makesADifferentVerifierEachTime() throws {
        let verifiers = (0..<50).map { _ in PKCE().verifier.reveal() }
        #expect(Set(verifiers).count == 50)
        for verifier in verifiers {
            #expect(verifier.count == 43)
            _ = try PKCE(verifier: Secret(verifier))
        }
        #expect(!"\(PKCE())".contains(verifiers[0]))
    }

    @Test(arguments: [
        "", "short", String(repeating: "a", count: 42), String(repeating: "a", count: 129),
        String(repeating: "é", count: 43), String(repeating: "a", count: 42) + "+",
    ]) func refusesWhatIsNoVerifier(text: String) {
        let error = #expect(throws: APIError.self) { try PKCE(verifier: Secret(text)) }
        #expect(error?.kind == .argument)
    }
}
