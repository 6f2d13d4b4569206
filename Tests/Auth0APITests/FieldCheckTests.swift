// Which values are refused before anything is sent, and which names are offered instead.

import Testing

@testable import Auth0API

@Suite struct FieldCheckTests {
    @Test func refusesAValueOutsideAClosedList() throws {
        let update = try #require(Catalog.shared.operation("clients.update", in: .management))
        let method = try #require(update.body?.fields.first { $0.name == "token_endpoint_auth_method" })
        #expect(method.mismatch(with: .string, text: "none") == nil)
        let message = try #require(method.mismatch(with: .string, text: "client_secret_past"))
        #expect(message.contains("'client_secret_post'"))
        #expect(message.contains("did you mean 'client_secret_post'"))
        #expect(method.mismatch(with: .null) == nil)
    }

    @Test func checksElementsOfAList() {
        let list = Field(name: "send", type: .array, items: "string", values: ["link", "code"])
        #expect(list.mismatch(withElement: "link") == nil)
        #expect(list.mismatch(withElement: "lnk")?.contains("'link'") == true)
    }

    @Test func tellsListsFromTablesWithKeys() {
        let list = Field(name: "callbacks", type: .array, items: "string")
        #expect(list.mismatch(with: .array) == nil)
        #expect(list.mismatch(with: .array, isEmpty: true) == nil)
        #expect(list.mismatch(with: .object) != nil)
        #expect(list.mismatch(with: .string, text: "x") != nil)
        let map = Field(name: "user_metadata", type: .map, items: "any")
        #expect(map.mismatch(with: .array, isEmpty: true) == nil)
        #expect(map.mismatch(with: .array) != nil)
        #expect(map.mismatch(with: .null) == nil)
        #expect(Field(name: "name").mismatch(with: .object) != nil)
        #expect(Field(name: "name").mismatch(with: .number) == nil)
        #expect(Field(name: "x", type: .any).mismatch(with: .object) == nil)
    }

    @Test func suggestsTheNearestKey() throws {
        let list = try #require(Catalog.shared.operation("users.list", in: .management))
        #expect(list.suggestions(forUnknownKey: "per_pag") == ["per_page"])
        #expect(list.suggestions(forUnknownKey: "perPage").first == "per_page")
        #expect(list.suggestions(forUnknownKey: "xyzzy").isEmpty)
    }

    @Test(arguments: [("", "abc", 3), ("abc", "abc", 0), ("ab", "ba", 1), ("kitten", "sitting", 3), ("ca", "abc", 3)])
    func countsEdits(_ left: String, _ right: String, _ distance: Int) {
        #expect(Spelling.distance(left, right) == distance)
        #expect(Spelling.distance(right, left) == distance)
        #expect(Spelling.distance(left, right, limit: 1) == min(distance, 2))
    }

    @Test(arguments: [
        ("sendSMS", "send_sms"), ("setFcmv1Provider", "set_fcmv1_provider"),
        ("authorizationCodeGrantWithPKCE", "authorization_code_grant_with_pkce"), ("list", "list"), ("", ""),
    ])
    func writesSnakeCase(_ camel: String, _ snake: String) {
        #expect(Spelling.snakeCased(camel) == snake)
    }
}
