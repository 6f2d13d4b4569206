// Which operations a permission names, and how a path finds its operation.

import Auth0API
import Testing

@Suite struct OperationPatternTests {
    private static func operation(_ name: String) -> Operation {
        for api in API.allCases {
            let bare = name.hasPrefix("\(api.rawValue).") ? String(name.dropFirst(api.rawValue.count + 1)) : name
            if let found = Catalog.shared.operation(bare, in: api), found.qualifiedName == name { return found }
        }
        return .uncatalogued(.post, path: "/new", hasBody: true, in: .management)
    }

    @Test(arguments: [
        ("clients.*", ["clients.get", "clients.credentials.list"], ["users.get", "request"]),
        ("users.get", ["users.get"], ["users.list", "users.roles.list"]),
        ("*.list", ["users.list", "authentication.mfa.authenticators.list"], ["users.get"]),
        ("*", ["users.get", "authentication.database.sign_up", "userinfo.get_user_info", "request"], []),
        ("authentication.oauth.*", ["authentication.oauth.password_grant"], ["authentication.database.sign_up"]),
        ("userinfo.*", ["userinfo.get_user_info"], ["users.get"]),
        ("request", ["request"], ["users.get"]),
        ("read:users", ["users.get", "roles.users.list"], ["users.update", "request"]),
        ("read:*", ["users.get", "clients.list"], ["users.delete", "authentication.mfa.authenticators.list"]),
        ("*:users", ["users.get", "users.delete"], ["clients.get"]),
        ("u*s.*e*", ["users.get", "users.delete", "users.roles.list"], ["clients.get"]),
    ]) func matchesByNameOrScope(text: String, matching: [String], others: [String]) throws {
        let pattern = try OperationPattern(text)
        for name in matching { #expect(pattern.matches(Self.operation(name)), "\(name)") }
        for name in others { #expect(!pattern.matches(Self.operation(name)), "\(name)") }
    }

    @Test(arguments: [
        ("client.*", "did you mean 'clients.*'"), ("users.gte", "did you mean 'users.get'"),
        ("users.getAll", "did you mean 'users.list'"), ("read:user", "did you mean 'read:users'"),
        ("management.users.get", "did you mean 'users.get'"),
        ("authentication.oauth.pasword_grant", "did you mean 'authentication.oauth.password_grant'"),
        ("", "name operations such as"), ("Users.get", "did you mean 'users.get'"), ("users", "did you mean"),
        ("zzzzzzzz", "name operations such as"),
    ]) func aPatternWithoutAnOperationIsAnErrorWithAdvice(text: String, advice: String) throws {
        let error = #expect(throws: APIError.self) { try OperationPattern(text) }
        #expect(error?.kind == .argument && error?.description.contains(advice) == true, "\(error?.description ?? "")")
    }

    @Test func aListHasCommas() throws {
        let patterns = try OperationPattern.list("clients.*, users.get ,read:users")
        #expect(patterns.map(\.description) == ["clients.*", "users.get", "read:users"])
        for text in ["", "clients.*,", ",", "clients.*,,users.get"] {
            #expect(throws: APIError.self, "\(text)") { try OperationPattern.list(text) }
        }
    }

    @Test func aPatternOfStarsTakesNoTime() throws {
        let stars = String(repeating: "*a", count: 2_000)
        #expect(throws: APIError.self) { try OperationPattern(stars) }
    }

    @Test func everyOperationIsFoundByItsPath() {
        for operation in Catalog.shared.operations(in: .management) {
            let path = operation.path.split(separator: "/").map { $0.first == "{" ? "a%2Fb" : $0 }
                .joined(separator: "/")
            #expect(Catalog.shared.operation(operation.verb, at: "/" + path)?.name == operation.name)
        }
    }

    @Test(arguments: [
        ("/clients/x", "clients.get"), ("/%63lients/x", "clients.get"), ("/Clients/x", "clients.get"),
        ("/CLIENT%73", "clients.list"), ("/clients/x%2Fcredentials", "clients.get"), ("clients/x", "clients.get"),
        ("/users/%E2%80%A2", "users.get"), ("/users/%zz", "users.get"),
        // The words beat a parameter.
        ("/organizations/name/x", "organizations.get_by_name"),
    ]) func whatAPathLooksLikeHidesNothing(path: String, name: String) {
        #expect(Catalog.shared.operation(.get, at: path)?.name == name)
    }

    @Test(arguments: ["/nothing", "/clients/x/y/z", "", "/%25clients/x"]) func othersAreUnknown(path: String) {
        #expect(Catalog.shared.operation(.get, at: path) == nil)
    }
}
