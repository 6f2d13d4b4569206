// A secret shows itself to nobody who did not ask for it by name.

import Testing

@testable import Auth0API

@Suite struct SecretTests {
    static let text = "s3cr3t-value"
    let secret = Secret(Self.text)

    @Test func neverPrints() {
        var dumped = ""
        dump(secret, to: &dumped)
        dump([secret], to: &dumped)
        let request = APIRequest(method: "GET", url: "https://acme.test/", authorization: secret)
        dump(request, to: &dumped)
        let places = [
            "\(secret)", "\(Optional(secret) as Any)", "\([secret])", "\(["key": secret])", String(describing: secret),
            String(reflecting: secret), String(reflecting: [secret]), dumped, "\(request)", String(reflecting: request),
            "\(Mirror(reflecting: secret).children.map(\.value))", "\(secret.hashValue)",
        ]
        for place in places { #expect(!place.contains(Self.text)) }
        #expect("\(secret)" == "•••")
    }

    @Test func comparesAndReveals() {
        #expect(secret == Secret(Self.text))
        #expect(secret != Secret("other"))
        #expect(secret.reveal() == Self.text)
        #expect(Secret("").isEmpty)
    }
}
