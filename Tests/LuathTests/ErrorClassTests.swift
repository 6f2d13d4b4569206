// Each class of error as a script catches it, from answers on a real socket: as they should be, and as proxies make them.

import Auth0API
import Auth0Client
import Foundation
import Luath
import ScriptedServer
import Testing

@Suite struct ErrorClassTests {
    struct Case: Sendable {
        var call = "auth0.management.users.get('x')"
        var operation = "users.get"
        var status = 404
        var type: String? = "application/json; charset=utf-8"
        var text = ""
        var name = "NotFoundError"
        var message = ""
        var code: String?
        /// nil where the error has no `body`.
        var body: Value?
        var hint: String?

        var answer: String {
            let type = type.map { "Content-Type: \($0)\r\n" } ?? ""
            return "HTTP/1.1 \(status) No\r\n\(type)X-Trace: Abc\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)"
        }
    }

    private static let names = [
        400: "BadRequestError", 401: "UnauthorizedError", 402: "PaymentRequiredError", 403: "ForbiddenError",
        404: "NotFoundError", 409: "ConflictError", 410: "GoneError", 412: "PreconditionFailedError",
        413: "ContentTooLargeError", 429: "TooManyRequestsError", 500: "InternalServerError",
        503: "ServiceUnavailableError",
    ]

    /// The twelve classes, and the one for all other statuses.
    private static let classes = (names.keys.sorted() + [405, 408, 415, 418, 422, 451, 501, 502, 504, 599]).map {
        let text = #"{"statusCode":\#($0),"error":"No","message":"no \#($0) é","errorCode":"code_\#($0)","n":[]}"#
        return Case(
            status: $0, text: text, name: names[$0] ?? "ManagementError", message: "no \($0) é", code: "code_\($0)",
            body: [
                "statusCode": .number(Double($0)), "error": "No", "message": .string("no \($0) é"),
                "errorCode": .string("code_\($0)"), "n": [],
            ])
    }

    private static let bodies = [
        Case(message: "status 404 without a message"),
        Case(type: nil, message: "status 404 without a message"),
        Case(
            type: "text/html", text: "<html><title>Oh no</title></html>", message: "page in HTML",
            body: "<html><title>Oh no</title></html>", hint: "proxy"),
        Case(text: "<html>", message: "page in HTML", body: "<html>", hint: "proxy"),
        Case(
            type: "text/plain", text: #"{"message":"as text","errorCode":"c"}"#, message: "as text", code: "c",
            body: ["message": "as text", "errorCode": "c"]),
        Case(type: nil, text: #"{"message":"untyped"}"#, message: "untyped", body: ["message": "untyped"]),
        Case(text: "upstream\nfailed", message: "status 404: upstream", body: "upstream\nfailed"),
        Case(text: #"{"message":"cut"#, message: #"status 404: {"message":"cut"#, body: #"{"message":"cut"#),
        Case(
            text: #"{"message":{"a":1},"error":["b"],"errorCode":17}"#, message: "status 404: {",
            body: ["message": ["a": .number(1)], "error": ["b"], "errorCode": .number(17)]),
        Case(text: #"{"message":"","error":"Gone"}"#, message: "Gone", body: ["message": "", "error": "Gone"]),
        Case(text: "[1]", message: "status 404: [1]", body: [.number(1)]),
        Case(text: #""text""#, message: #"status 404: "text""#, body: "text"),
        Case(text: "null", message: "status 404: null", body: .null),
    ]

    private static let hints = [
        Case(
            status: 403, text: #"{"message":"Insufficient scope","errorCode":"insufficient_scope"}"#,
            name: "ForbiddenError", message: "Insufficient scope", code: "insufficient_scope",
            body: ["message": "Insufficient scope", "errorCode": "insufficient_scope"], hint: "read:users"),
        Case(
            call: "auth0.management.users.list { page = 10, per_page = 100 }", operation: "users.list", status: 400,
            text: #"{"message":"m","errorCode":"invalid_paging"}"#, name: "BadRequestError", message: "m",
            code: "invalid_paging", body: ["message": "m", "errorCode": "invalid_paging"], hint: "created_at"),
        Case(
            call: "auth0.management.roles.list { page = 10, per_page = 100 }", operation: "roles.list", status: 400,
            text: #"{"message":"m","errorCode":"invalid_paging"}"#, name: "BadRequestError", message: "m",
            code: "invalid_paging", body: ["message": "m", "errorCode": "invalid_paging"], hint: "narrow"),
    ]

    private static let others: [Case] = {
        let grant = Case(
            call: "auth0.authentication.oauth.client_credentials_grant { audience = 'a' }",
            operation: "oauth.client_credentials_grant", name: "AuthApiError")
        let userinfo = Case(
            call: "auth0.userinfo.get_user_info('user-token')", operation: "get_user_info", name: "UserInfoError")
        func with(_ base: Case, _ change: (inout Case) -> Void) -> Case {
            var made = base
            change(&made)
            return made
        }
        return [400, 401, 403, 404, 429, 500, 503].flatMap { status in
            [grant, userinfo].map { base in
                with(base) {
                    $0.status = status
                    $0.text = #"{"error":"invalid_it","error_description":"It is bad."}"#
                    $0.message = "It is bad."
                    $0.code = "invalid_it"
                    $0.body = ["error": "invalid_it", "error_description": "It is bad."]
                }
            }
        } + [
            with(grant) {
                $0.text = #"{"code":"weak","description":"Too short"}"#
                $0.message = "Too short"
                $0.code = "weak"
                $0.body = ["code": "weak", "description": "Too short"]
            },
            with(grant) { $0.message = "status 404 without a message" },
            with(grant) {
                $0.text = "<html>"
                $0.message = "page in HTML"
                $0.body = "<html>"
                $0.hint = "proxy"
            },
            with(grant) {
                $0.text = #"{"error":{"a":1},"error_description":2}"#
                $0.message = "status 404: {"
                $0.body = ["error": ["a": .number(1)], "error_description": .number(2)]
            },
            with(userinfo) {
                $0.status = 401
                $0.type = "text/plain"
                $0.text = "Unauthorized"
                $0.message = "Unauthorized"
                $0.body = "Unauthorized"
            },
        ]
    }()

    private struct Caught: Decodable {
        struct Raw: Decodable {
            var status: Int
            var headers: [String: String]
            var url: String
        }
        var name, kind, message, operation: String
        var status_code, attempts: Int
        var code, hint, traceback: String?
        var text: String
        /// In a list, because null counts as absent otherwise.
        var body: [Value]
        var raw_response: Raw
    }

    @Test func everyClassHasTheFieldsOfTheContract() async throws {
        let cases = Self.classes + Self.bodies + Self.hints + Self.others
        let calls = cases.map { "function() return \($0.call) end" }.joined(separator: ",\n")
        let errors = try await catching("{ \(calls) }", answers: cases.map(\.answer))
        #expect(errors.count == cases.count)
        for (wanted, error) in zip(cases, errors) {
            let comment: Comment = "\(wanted.call) with \(wanted.status) \(wanted.text)"
            #expect(error.name == wanted.name, comment)
            #expect(error.kind == "api", comment)
            #expect(error.status_code == wanted.status, comment)
            #expect(error.message.contains(wanted.message) && !wanted.message.isEmpty, comment)
            #expect(error.code == wanted.code, comment)
            #expect(error.body == (wanted.body.map { [$0] } ?? []), comment)
            #expect(error.operation == wanted.operation, comment)
            #expect(error.attempts == 1, comment)
            #expect(error.raw_response.status == wanted.status, comment)
            #expect(error.raw_response.headers["x-trace"] == "Abc", comment)
            #expect(error.raw_response.url.hasPrefix("http://127.0.0.1:"), comment)
            #expect(error.text.contains(wanted.name) && error.text.contains(error.message), comment)
            #expect(error.traceback?.contains("errors:") == true, comment)
            if let hint = wanted.hint { #expect(error.hint?.contains(hint) == true, comment) }
        }
    }

    @Test func countsTheAttemptsOfAServerThatStaysDown() async throws {
        let down = "HTTP/1.1 503 Down\r\nContent-Length: 0\r\n\r\n"
        let errors = try await catching(
            """
            { function() return auth0.management.users.get('x', nil, { max_retries = 2 }) end,
              function() return auth0.management.users.create({ connection = 'c' }, { max_retries = 2 }) end }
            """, answers: [down, down, down, down])
        #expect(errors.map(\.attempts) == [3, 1])
        #expect(errors.map(\.name) == ["ServiceUnavailableError", "ServiceUnavailableError"])
    }

    /// - Parameter calls: a list of functions in Lua.
    private func catching(_ calls: String, answers: [String]) async throws -> [Caught] {
        var caught: [Caught] = []
        try await ScriptedServer.with(answers: { number, _ in [.send(answers[min(number, answers.count - 1)])] }) {
            server in
            let printed = Printed()
            var host = ScriptHost(
                tenant: TenantSettings(
                    domain: "http://127.0.0.1:\(server.port)", credentials: .token(Secret("tok")), clientID: "cid",
                    authentication: .secret(Secret("sec"))))
            host.options.retry.maxRetries = 0
            host.options.retry.floor = .zero
            host.print = { printed.write($0) }
            let code = """
                local auth0, json = require "auth0", require "json"
                for _, call in ipairs \(calls) do
                  local ok, e = pcall(call)
                  assert(not ok, "no error was raised")
                  local fields = { text = tostring(e), body = json.array { e.body } }
                  for _, name in ipairs { "name", "kind", "status_code", "code", "message", "raw_response", "operation",
                                          "attempts", "hint", "traceback" } do
                    fields[name] = e[name]
                  end
                  print(json.encode(fields))
                end
                """
            try await host.run(Script(source: Array(code.utf8), name: "errors"))
            #expect(server.requests.count == answers.count)
            caught = try printed.lines.map { try JSONDecoder().decode(Caught.self, from: Data($0.utf8)) }
        }
        return caught
    }
}
