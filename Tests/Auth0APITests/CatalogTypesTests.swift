// Where an empty table is a list.

import Testing

@testable import Auth0API

@Suite struct CatalogTypesTests {
    let catalog = Catalog.shared

    @Test(arguments: [
        ("clients.update", "callbacks", true), ("clients.update", "client_metadata", false),
        ("clients.update", "name", false), ("clients.update", "nothing_like_it", false),
        ("clients.update", "oidc_logout.backchannel_logout_urls", true), ("clients.update", "oidc_logout", false),
        ("clients.update", "callbacks.1", false), ("hooks.secrets.delete", "", true),
        ("hooks.secrets.update", "", false), ("connections.clients.update", "", true),
        ("connections.clients.update", "1", false), ("guardian.policies.set", "", true),
        ("actions.create", "supported_triggers", true), ("actions.create", "supported_triggers.1", false),
        ("actions.create", "supported_triggers.1.runtimes", true), ("users.update", "app_metadata", false),
        ("users.update", "app_metadata.anything", false), ("branding.templates.update_universal_login", "", false),
        ("log_streams.create", "", false), ("log_streams.create", "filters", true),
        ("event_streams.create", "subscriptions", true), ("roles.permissions.add", "permissions", true),
    ])
    func knowsWhereAListBelongs(_ name: String, _ path: String, _ isArray: Bool) throws {
        let body = try #require(catalog.operation(name, in: .management)?.body)
        let components = path.split(separator: ".").map { part in
            Int(part).map { PathComponent.index($0) } ?? .key(String(part))
        }
        #expect(catalog.isArray(at: components, in: body) == isArray)
    }

    @Test func takesAUnionForAListUnlessItMayBeAnObject() {
        func body(_ alternatives: [String]) -> Body {
            Body(fields: [Field(name: "x", type: .union, anyOf: alternatives)])
        }
        #expect(catalog.isArray(at: [.key("x")], in: body(["string", "array<string>"])))
        #expect(!catalog.isArray(at: [.key("x")], in: body(["object", "array<string>"])))
        #expect(!catalog.isArray(at: [.key("x")], in: body(["Client", "array<string>"])))
        #expect(!catalog.isArray(at: [.key("x")], in: body(["string", "number"])))
    }

    @Test func readsTypeNames() {
        #expect(TypeName("string") == .primitive("string"))
        #expect(TypeName("array<map<any>>") == .array(.map(.primitive("any"))))
        #expect(
            TypeName("string|number|null") == .union([.primitive("string"), .primitive("number"), .primitive("null")]))
        #expect(TypeName("array<A>|B") == .union([.array(.shape("A")), .shape("B")]))
        #expect(TypeName("array<A>|array<B>") == .union([.array(.shape("A")), .array(.shape("B"))]))
    }
}
