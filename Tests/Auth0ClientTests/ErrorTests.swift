// From answers to errors: names, messages, codes, hints, and nothing that should not be seen.

import Auth0API
import Auth0Client
import Foundation
import Testing

@Suite struct ErrorTests {
    func error(
        _ response: APIResponse, _ name: String = "users.update", _ api: API = .management
    ) throws -> APIError {
        let operation = try #require(Catalog.shared.operation(name, in: api))
        return APIError.from(response: response, operation: operation, attempts: 1)
    }

    @Test(arguments: [
        (400, "BadRequestError"), (401, "UnauthorizedError"), (402, "PaymentRequiredError"), (403, "ForbiddenError"),
        (404, "NotFoundError"), (409, "ConflictError"), (410, "GoneError"), (412, "PreconditionFailedError"),
        (413, "ContentTooLargeError"), (429, "TooManyRequestsError"), (500, "InternalServerError"),
        (503, "ServiceUnavailableError"), (418, "ManagementError"), (502, "ManagementError"),
    ])
    func namesTheErrorAfterItsStatus(status: Int, name: String) throws {
        let error = try error(
            .json(status, #"{"statusCode":404,"error":"Not Found","message":"No such user","errorCode":"inexistent"}"#))
        #expect(error.name == name)
        #expect(error.kind == .api)
        #expect(error.status == status)
        #expect(error.message == "No such user")
        #expect(error.code == "inexistent")
        #expect(error.operation == "users.update")
        #expect(error.response?.status == status)
    }

    @Test func namesTheMissingScope() throws {
        let error = try error(
            .json(403, #"{"message":"Insufficient scope","errorCode":"insufficient_scope"}"#), "clients.list")
        #expect(error.hint?.contains("read:clients") == true)
    }

    @Test func namesTheWayOutOfThePagingCap() throws {
        let error = try error(.json(400, #"{"message":"m","errorCode":"invalid_paging"}"#), "users.list")
        #expect(error.hint?.isEmpty == false)
    }

    @Test func saysThatAProxyAnsweredWithAPage() throws {
        let page = APIResponse(
            status: 502, headers: Headers([("content-type", "text/html")]),
            body: Array("<html><head><title>Bad Gateway</title></head></html>".utf8), url: "https://acme.auth0.com/")
        let error = try error(page)
        #expect(error.message == "status 502 with a page in HTML instead of an answer of the API ('Bad Gateway')")
        #expect(error.hint?.contains("proxy") == true)
    }

    @Test(arguments: [
        ("", "status 500 without a message"), ("oops\nmore", "status 500: oops"),
        ("{\"message\":", "status 500: {\"message\":"),
        (#"{"error":"Internal"}"#, "Internal"), (#"{"message":["a"]}"#, #"status 500: {"message":["a"]}"#),
    ])
    func findsAMessageInAnyBody(body: String, message: String) throws {
        #expect(try error(.json(500, body)).message == message)
    }

    @Test func readsErrorsOfTheAuthenticationAPI() throws {
        let grant = try error(
            .json(403, #"{"error":"invalid_grant","error_description":"Wrong email or password."}"#),
            "oauth.password_grant", .authentication)
        #expect(grant.name == "AuthApiError")
        #expect(grant.code == "invalid_grant")
        #expect(grant.message == "Wrong email or password.")
        let signUp = try error(
            .json(
                400,
                #"{"name":"BadRequestError","code":"invalid_password","description":{"rules":[]},"message":"weak"}"#),
            "database.sign_up", .authentication)
        #expect(signUp.code == "invalid_password")
        #expect(signUp.message == "weak")
        let info = try error(
            .json(401, #"{"error":"invalid_token","error_description":"bad"}"#), "get_user_info", .userinfo)
        #expect(info.name == "UserInfoError")
    }

    @Test func refusesASuccessThatIsNotJSON() async throws {
        let transport = ManagementClientTests.tenant { _, _ in
            APIResponse(
                status: 200, headers: Headers([("content-type", "text/html; charset=utf-8")]),
                body: Array("<html>".utf8), url: "u")
        }
        let client = try ManagementClientTests.client(transport)
        let error = await #expect(throws: APIError.self) { try await client.call("clients.list") }
        #expect(error?.kind == .parse)
        #expect(error?.name == "ParseError")
        #expect(error?.message == "the answer is 'text/html; charset=utf-8', not JSON")
    }

    @Test func doesNotFollowARedirectOfAWrite() async throws {
        let transport = ManagementClientTests.tenant { _, _ in
            .json(307, "", [("location", "https://evil.example.com/x?y")])
        }
        let client = try ManagementClientTests.client(transport)
        let error = await #expect(throws: APIError.self) {
            try await client.call("clients.update", path: ["a"], body: [0x7B, 0x7D])
        }
        #expect(error?.kind == .api)
        #expect(error?.message == "status 307: a redirect to evil.example.com that is not followed")
    }

    @Test(arguments: ["pa\"ss\\wörd😀", "sé/cret-word", "line\nbreak-in-it"])
    func hidesASecretHoweverTheServerWritesIt(secret: String) async throws {
        func escaped(_ text: String) -> String {
            text.utf16.map { unit in
                let digits = String(unit, radix: 16)
                return unit < 0x80
                    ? String(Unicode.Scalar(UInt8(unit)))
                    : "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }.joined()
        }
        let json = String(decoding: try JSONEncoder().encode(secret), as: UTF8.self).dropFirst().dropLast()
        let echo = #"{"error":"x","error_description":"\#(json) \#(escaped(String(json)))"}"#
        var options = ClientOptions()
        options.transport = RecordingTransport { _, _ in .json(403, echo) }
        let client = try AuthenticationClient(
            domain: "acme.auth0.com", clientID: "app", credential: .publicClient, options: options)
        let error = await #expect(throws: APIError.self) {
            try await client.call("oauth.password_grant", ["username": "u", "password": .secret(Secret(secret))])
        }
        let shown = "\(error!) \(String(decoding: error!.response!.body, as: UTF8.self))"
        #expect(!shown.contains(secret) && !shown.contains(json) && !shown.contains(escaped(String(json))), "\(shown)")
    }

    @Test func neverShowsATokenOrSecretThatTheServerEchoes() async throws {
        let secret = "s3cr3t/+value with"
        let transport = RecordingTransport { request, _ in
            let body = request.body.map { String(decoding: $0, as: UTF8.self) } ?? ""
            let echo = "\(request.authorization?.reveal() ?? "") \(body) s3cr3t%2F%2Bvalue%20with"
            if request.url.hasSuffix("/oauth/token"), request.headers["x-ok"] == nil {
                return .json(401, #"{"error":"access_denied","error_description":"\#(echo)"}"#, [("x-echo", echo)])
            }
            return .token("tok-abcdef")
        }
        var options = ClientOptions()
        options.transport = transport
        let client = try AuthenticationClient(
            domain: "acme.auth0.com", clientID: "app", credential: .secret(Secret(secret)), options: options)
        let error = await #expect(throws: APIError.self) { try await client.clientCredentialsGrant(audience: "a") }
        let shown = "\(error!) \(String(reflecting: error!)) \(String(decoding: error!.response!.body, as: UTF8.self))"
        #expect(!shown.contains("s3cr3t"))
        #expect(shown.contains("•••"))

        let echoing = RecordingTransport { request, _ in
            .json(400, #"{"message":"bad header \#(request.authorization!.reveal())"}"#)
        }
        let given = try ManagementClientTests.client(echoing, credentials: .token(Secret("tok-abcdef")))
        let refused = await #expect(throws: APIError.self) { try await given.call("clients.list") }
        #expect(refused?.message == "bad header Bearer •••")
        #expect(!String(decoding: refused!.response!.body, as: UTF8.self).contains("tok-abcdef"))
    }
}
