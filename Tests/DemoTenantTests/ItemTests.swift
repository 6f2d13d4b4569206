// Making, changing and deleting things, and how the tenant says no.
import Testing

@testable import DemoTenant

@Suite struct ItemTests {
    /// Collections with a body that makes an item and one that changes it.
    static let collections: [(path: String, id: String, body: JSON, change: JSON)] = [
        ("clients", "client_id", ["name": "Conformance"], ["description": "changed"]),
        ("roles", "id", ["name": "conformance"], ["description": "changed"]),
        ("organizations", "id", ["name": "conformance"], ["display_name": "changed"]),
        ("connections", "id", ["name": "conformance", "strategy": "auth0"], ["options": ["passwordPolicy": "low"]]),
        ("rules", "id", ["name": "Conformance", "script": "function () {}"], ["enabled": false]),
        ("resource-servers", "id", ["identifier": "https://conformance.example"], ["name": "changed"]),
        (
            "actions/actions", "id",
            ["name": "Conformance", "supported_triggers": [["id": "post-login", "version": "v3"]]], ["code": "1"]
        ),
        ("log-streams", "id", ["type": "http", "sink": [:]], ["name": "changed"]),
        (
            "users", "user_id",
            ["email": "new@example.com", "password": "secret!", "connection": "Username-Password-Authentication"],
            ["nickname": "changed"]
        ),
    ]

    @Test(arguments: collections.map(\.path))
    func livesFromCreateToDelete(path: String) async throws {
        let (path, idName, body, change) = Self.collections.first { $0.path == path }!
        try await Visitor.visit { visitor in
            let made = try await visitor.post(path, body)
            #expect([200, 201].contains(made.status), "\(made.text)")
            let id = try #require(made[idName]?.string).replacing("|", with: "%7C")
            let read = try await visitor.get("\(path)/\(id)")
            #expect(read.status == 200 && read.json == made.json)
            let changed = try await visitor.patch("\(path)/\(id)", change)
            #expect([200, 201].contains(changed.status), "\(changed.text)")
            let (name, value) = change.object!.members[0]
            #expect(changed[name] == value)
            #expect(try await visitor.get("\(path)/\(id)").json == changed.json)
            #expect([200, 202, 204].contains(try await visitor.delete("\(path)/\(id)").status))
            #expect(try await visitor.get("\(path)/\(id)").status == 404)
        }
    }

    @Test func metadataMergesOneLevelDeep() async throws {
        try await Visitor.visit { visitor in
            let id = try await visitor.firstUser()
            _ = try await visitor.patch("users/\(id)", ["user_metadata": ["a": ["x": 1], "b": [1, 2], "c": "gone"]])
            let user = try await visitor.patch(
                "users/\(id)", ["user_metadata": ["a": ["y": 2], "b": [3], "c": .null]])
            let metadata = user["user_metadata"]?.object
            #expect(metadata?["a"] == ["y": 2] && metadata?["b"] == [3] && metadata?["c"] == nil)
            #expect(metadata?["color"] != nil)
            let emptied = try await visitor.patch("users/\(id)", ["user_metadata": [:]])
            #expect(emptied["user_metadata"] == [:])
        }
    }

    static let badBodies: [(path: String, body: JSON, message: String)] = [
        (
            "clients", ["nam": "x", "name": "y"],
            "Payload validation error: 'Additional properties not allowed: nam'."
        ),
        ("clients", [:], "Payload validation error: 'Missing required property: name'."),
        (
            "clients", ["name": 1],
            "Payload validation error: 'Expected type string but found type integer' on property name."
        ),
        ("users", ["connection": "none"], "The connection does not exist."),
    ]

    @Test(arguments: badBodies)
    func refusesABadBody(path: String, body: JSON, message: String) async throws {
        try await Visitor.visit(users: 0) { visitor in
            let reply = try await visitor.post(path, body)
            #expect(reply.status == 400)
            #expect(reply["message"]?.string == message)
            #expect(reply["error"] == "Bad Request")
        }
    }

    @Test func whatIsTakenOrReadOnlyOrAbsentIsRefused() async throws {
        try await Visitor.visit { visitor in
            let user = try await visitor.get("users?per_page=1&q=identities.provider:auth0").json.array?.first?.object
            let twin = try await visitor.post(
                "users",
                [
                    "email": user?["email"] ?? "", "password": "secret!",
                    "connection": "Username-Password-Authentication",
                ])
            #expect(twin.status == 409 && twin["message"] == "The user already exists.")
            #expect(try await visitor.post("roles", ["name": "admin"]).status == 409)
            let fixed = try await visitor.patch("clients/\(visitor.tenant.clientID)", ["client_id": "x"])
            #expect(fixed.status == 400 && fixed["errorCode"] == "invalid_body")
            let absent = try await visitor.get("users/auth0%7Cnone")
            #expect(absent.status == 404 && absent["errorCode"] == "inexistent_user")
            #expect(absent["message"] == "The user does not exist.")
            #expect(try await visitor.get("nothing").status == 404)
            #expect(try await visitor.send("POST", "clients", Array("{".utf8)).status == 400)
        }
    }

    @Test func whatIsNotThereYetIsNamed() async throws {
        try await Visitor.visit(users: 0) { visitor in
            let reply = try await visitor.get("flows/abc/executions")
            #expect(reply.status == 501 && reply["errorCode"] == "not_implemented")
            #expect(reply["message"] == "the demo tenant does not have 'flows.executions.list' yet")
            let last = await visitor.tenant.requests().last
            #expect(last?.operation == "flows.executions.list" && last?.status == 501)
        }
    }

    @Test func rolesAndUsersSeeEachOther() async throws {
        try await Visitor.visit { visitor in
            let user = try await visitor.firstUser()
            let plain = user.replacing("%7C", with: "|")
            let role = try #require(try await visitor.post("roles", ["name": "tester"])["id"]?.string)
            #expect(try await visitor.post("roles/\(role)/users", ["users": [.string(plain)]]).status == 200)
            let roles = try await visitor.get("users/\(user)/roles")
            #expect(roles.json.array?.contains { $0.object?["id"]?.string == role } == true)
            let members = try await visitor.get("roles/\(role)/users")
            #expect(members.text.contains(plain) && !members.text.contains("app_metadata"))
            let body: JSON = ["roles": [.string(role)]]
            #expect(try await visitor.send("DELETE", "users/\(user)/roles", body.bytes).status == 204)
            #expect(try await visitor.get("roles/\(role)/users").text.contains(plain) == false)
        }
    }
}

extension Visitor {
    /// The id of the first user, ready for a path.
    func firstUser() async throws -> String {
        let page = try await get("users?per_page=1")
        return (page.json.array?.first?.object?["user_id"]?.string ?? "").replacing("|", with: "%7C")
    }
}
