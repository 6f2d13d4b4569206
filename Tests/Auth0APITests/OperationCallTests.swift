// Paths and queries, as they go over the wire.

import Testing

@testable import Auth0API

@Suite struct OperationCallTests {
    let catalog = Catalog.shared
    func operation(_ name: String) throws -> Auth0API.Operation {
        try #require(catalog.operation(name, in: .management))
    }

    @Test(arguments: [
        ("abc", "abc"), ("auth0|5f", "auth0%7C5f"), ("a/b", "a%2Fb"), ("a b", "a%20b"), ("%2e%2e", "%252e%252e"),
        ("-_.!~*'()", "-_.!~*'()"), ("é", "%C3%A9"), ("😀", "%F0%9F%98%80"), ("a?b#c&d=e+f", "a%3Fb%23c%26d%3De%2Bf"),
        ("...", "..."), ("a\u{0}b", "a%00b"),
    ])
    func encodesPathPartsLikeEncodeURIComponent(_ value: String, _ encoded: String) throws {
        #expect(try operation("users.get").path(arguments: [value]) == "/users/\(encoded)")
    }

    @Test(arguments: ["", ".", ".."])
    func refusesPathPartsThatNameAnotherResource(_ value: String) throws {
        let delete = try operation("organizations.members.roles.delete")
        for position in 0...1 {
            var arguments = ["org_1", "auth0|1"]
            arguments[position] = value
            let error = try #require(throws: APIError.self) { _ = try delete.path(arguments: arguments) }
            #expect(error.kind == .argument)
            #expect(error.name == "InvalidArgumentError")
            #expect(error.operation == "organizations.members.roles.delete")
            #expect(error.message.contains(["'id'", "'user_id'"][position]))
            #expect(error.hint != nil)
        }
    }

    @Test(arguments: [[], ["a", "b"]])
    func refusesAnotherNumberOfArguments(_ arguments: [String]) throws {
        let get = try operation("users.get")
        let error = try #require(throws: APIError.self) { _ = try get.path(arguments: arguments) }
        #expect(error.description.contains("users.get(id, request?, options?)"))
    }

    @Test func fillsSeveralParametersInTheirOwnPlaces() throws {
        let unlink = try operation("users.identities.delete")
        #expect(unlink.pathParameters.map(\.name) == ["id", "provider", "user_id"])
        #expect(
            try unlink.path(arguments: ["auth0|1", "google-oauth2", "9"])
                == "/users/auth0%7C1/identities/google-oauth2/9")
        #expect(try operation("clients.list").path(arguments: []) == "/clients")
    }

    @Test func writesQueries() {
        let query = Operation.query([
            .init("page", .integer(0)), .init("include_totals", .boolean(true)),
            .init("q", .string("name:\"a b\" & c")),
            .init("strategy", .array([.string("auth0"), .string("sms")])), .init("gone", .null),
            .init("filter", .object([.init("a", .boolean(false)), .init("b", .object([.init("c", .number(1.5))]))])),
            .init("whole", .number(3)), .init("none", .array([])),
        ])
        #expect(
            query == "page=0&include_totals=true&q=name%3A%22a%20b%22%20%26%20c&strategy=auth0&strategy=sms"
                + "&filter%5Ba%5D=false&filter%5Bb%5D%5Bc%5D=1.5&whole=3")
        #expect(Operation.query([]) == "")
    }

    @Test func writesFormsWithPlusForSpace() {
        #expect(PercentEncoding.form("a b*c~d+e|é") == "a+b*c%7Ed%2Be%7C%C3%A9")
    }
}
