// Typed calls: what is sent for a Swift value, what comes back as one, and what an answer that does not fit says.

import Auth0API
import Auth0Client
import Foundation
import Testing

@Suite struct TypedCallsTests {
    struct App: Codable, Equatable {
        var client_id: String
        var callbacks: [String]?
    }
    struct User: Decodable {
        struct Identity: Decodable { var provider: String }
        enum State: String, Decodable { case on, off }
        var user_id: String
        var created_at: Date?
        var identities: [Identity]?
        var state: State?
    }

    func management(_ answer: APIResponse) throws -> (ManagementClient, RecordingTransport) {
        let transport = ManagementClientTests.tenant { _, _ in answer }
        return (try ManagementClientTests.client(transport), transport)
    }

    @Test func givesTheAnswerAsAType() async throws {
        let (client, _) = try management(.json(200, #"{"client_id":"a","callbacks":["https://x.test"],"other":1}"#))
        let app: App = try await client.call("clients.get", path: ["a"])
        #expect(app == App(client_id: "a", callbacks: ["https://x.test"]))
        let response: APIResponse = try await client.call("clients.get", path: ["a"])
        #expect(response.status == 200)
        #expect(try await client.call("clients.get", path: ["a"]).attempts == 1)
    }

    @Test func sendsABodyAsJSON() async throws {
        struct Change: Encodable {
            var since: Date?
            var name: String?
            var callbacks: [String]
        }
        let (client, transport) = try management(.json(200, #"{"client_id":"a"}"#))
        let change = Change(
            since: Date(timeIntervalSince1970: 1_767_225_600.25), name: "a/b", callbacks: [])
        let app: App = try await client.call("clients.update", path: ["a"], body: change)
        #expect(app.client_id == "a")
        try await client.call("clients.update", path: ["a"], body: Array(#"{"name":1}"#.utf8))
        try await client.call("clients.update", path: ["a"], body: ["b": 1, "a": 2])
        #expect(
            transport.requests.compactMap {
                $0.method == "PATCH" ? $0.body.map { String(decoding: $0, as: UTF8.self) } : nil
            }
                == [
                    #"{"callbacks":[],"name":"a/b","since":"2026-01-01T00:00:00.250Z"}"#, #"{"name":1}"#,
                    #"{"a":2,"b":1}"#,
                ])
    }

    @Test func refusesABodyThatIsNotJSONBeforeAnythingIsSent() async throws {
        let (client, transport) = try management(.json(200))
        let error = await #expect(throws: APIError.self) {
            try await client.call("clients.update", path: ["a"], body: ["x": [Double.nan]])
        }
        #expect(error?.kind == .argument)
        #expect(error?.message == "'x[0]' cannot be written as JSON")
        #expect(transport.requests.isEmpty)
    }

    @Test func anOptionalTypeIsNilWithoutAnAnswer() async throws {
        let empty = APIResponse(status: 204, url: "https://acme.auth0.com/")
        let (client, _) = try management(empty)
        let nothing: App? = try await client.call("clients.delete", path: ["a"])
        #expect(nothing == nil)
        let error = await #expect(throws: APIError.self) {
            let _: App = try await client.call("clients.delete", path: ["a"])
        }
        #expect(error?.kind == .parse)
        #expect(error?.hint?.contains("optional") == true)
    }

    @Test(arguments: [
        ("{}", "'user_id' is missing"),
        (#"{"user_id":1}"#, "'user_id' is not String"),
        (#"{"user_id":null}"#, "'user_id' is null, not String"),
        (#"{"user_id":"a","identities":[{"provider":"x"},{}]}"#, "'identities[1].provider' is missing"),
        (#"{"user_id":"a","state":"secret-value"}"#, "'state' has no such value"),
        (#"{"user_id":"a","created_at":"secret-value"}"#, "'created_at' has no such value"),
        ("[1]", "it is not Dictionary<String, Any>"),
        (#"{"user_id":"#, "it is not JSON"),
    ])
    func namesTheFieldThatDoesNotFit(body: String, cause: String) async throws {
        let (client, _) = try management(.json(200, body))
        let error = await #expect(throws: APIError.self) {
            let _: User = try await client.call("users.get", path: ["a"])
        }
        #expect(error?.kind == .parse)
        #expect(error?.name == "ParseError")
        #expect(error?.message == "the answer cannot be read as User: \(cause)")
        #expect(error?.operation == "users.get")
        #expect(error?.status == 200)
        #expect(error?.response?.body == Array(body.utf8))
        #expect("\(error!)".contains("secret-value") == false)
    }

    @Test(arguments: [#""2026-01-01T00:00:00.500Z""#, "1767225600.5"])
    func readsDatesAsTheAPIsWriteThem(text: String) async throws {
        let (client, _) = try management(.json(200, #"{"user_id":"a","created_at":\#(text)}"#))
        let user: User = try await client.call("users.get", path: ["a"])
        #expect(user.created_at == Date(timeIntervalSince1970: 1_767_225_600.5))
    }

    @Test func givesTextAsText() async throws {
        let transport = RecordingTransport { _, _ in
            APIResponse(
                status: 200, headers: Headers([("content-type", "text/html")]), body: Array("sent".utf8),
                url: "https://acme.auth0.com/")
        }
        var options = ClientOptions()
        options.transport = transport
        let client = try AuthenticationClient(domain: "acme.auth0.com", clientID: "cid", options: options)
        let text: String = try await client.call(
            "database.change_password", ["email": "a@b.test", "connection": "db"])
        #expect(text == "sent")
    }

    @Test func sendsFieldsOfTheAuthenticationAPIInTheirOrder() async throws {
        let transport = RecordingTransport { _, _ in .token("at") }
        var options = ClientOptions()
        options.transport = transport
        let client = try AuthenticationClient(
            domain: "acme.auth0.com", clientID: "cid", credential: .secret(Secret("sec")), options: options)
        let tokens: TokenSet = try await client.call(
            "oauth.password_grant", ["username": "u", "password": .secret(Secret("p")), "max_age": 5, "x": true])
        #expect(tokens.accessToken.reveal() == "at")
        #expect(
            String(decoding: transport.requests[0].body!, as: UTF8.self)
                == "client_id=cid&username=u&password=p&max_age=5&x=true&grant_type=password&client_secret=sec")
        let response: APIResponse = try await client.call("oauth.password_grant", ["username": "u", "password": "p"])
        #expect(response.status == 200)
        let error = await #expect(throws: APIError.self) { try await client.call("oauth.pasword_grant") }
        #expect(error?.hint?.contains("oauth.password_grant") == true)
    }

    @Test func givesTheClaimsOfAUser() async throws {
        let body =
            #"{"sub":"auth0|1","email":"a@b.test","email_verified":true,"updated_at":"2026-01-01T00:00:00.000Z","own":7}"#
        let transport = RecordingTransport { _, _ in .json(200, body) }
        var options = ClientOptions()
        options.transport = transport
        let client = try UserInfoClient(domain: "acme.auth0.com", options: options)
        let profile: UserProfile = try await client.getUserInfo(accessToken: Secret("at"))
        #expect(profile.subject == "auth0|1")
        #expect(profile.isEmailVerified == true)
        #expect(profile.updatedAt == Date(timeIntervalSince1970: 1_767_225_600))
        #expect(profile.birthdate == nil)
        struct Own: Decodable { var own: Int }
        let own: Own = try await client.getUserInfo(accessToken: Secret("at"))
        #expect(own.own == 7)
        let response: APIResponse = try await client.getUserInfo(accessToken: Secret("at"))
        #expect(response.body == Array(body.utf8))
        #expect(transport.requests[0].authorization?.reveal() == "Bearer at")
    }
}
