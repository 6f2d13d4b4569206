// Headers are found whatever their case, and nothing else counts as the same name.

import Testing

@testable import Auth0API

@Suite struct HeadersTests {
    @Test func comparesNamesWithoutCase() {
        #expect(Headers.same("Content-Type", "content-type"))
        #expect(Headers.same("X-RATELIMIT-LIMIT", "x-ratelimit-limit"))
        #expect(Headers.same("AZaz", "azAZ"))
        #expect(Headers.same("", ""))
        #expect(!Headers.same("a", "ab"))
        #expect(!Headers.same("ab", "a"))
    }

    @Test func folds26LettersAndNothingElse() {
        for left in UInt8(0)...127 {
            for right in UInt8(0)...127 {
                let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
                let expected = left == right || (left ^ right == 32 && (letters ~= left || letters ~= right))
                let name = { (byte: UInt8) in String(UnicodeScalar(byte)) }
                #expect(Headers.same(name(left), name(right)) == expected, "\(left) \(right)")
            }
        }
    }

    @Test func setsGetsAndRemoves() {
        var headers = Headers([("A", "1"), ("b", "2"), ("a", "3")])
        #expect(headers["a"] == "1")
        headers["a"] = "4"
        #expect(headers.map(\.value) == ["2", "4"])
        headers["B"] = nil
        #expect(headers.map(\.name) == ["a"])
        #expect(headers["c"] == nil)
    }

    @Test func equalValuesHashEqually() {
        let one = Headers([("a", "1"), ("b", "2")])
        #expect(one == Headers([("a", "1"), ("b", "2")]))
        #expect(one.hashValue == Headers([("a", "1"), ("b", "2")]).hashValue)
        #expect(one != Headers([("a", "1")]))
        #expect(one != Headers([("b", "2"), ("a", "1")]))
    }
}
