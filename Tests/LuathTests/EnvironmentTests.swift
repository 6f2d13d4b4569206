// The module `env`: a secret reaches the tenant, and nothing else.

import Foundation
import ScriptedServer
import Testing

@Suite struct EnvironmentTests {
    private static let value = "s3cr3t/\"värde\"-42"

    /// Each would show the value if anything did.
    private static let attempts = #"""
        local auth0, env, json, tasks, fs = require "auth0", require "env", require "json", require "tasks", require "fs"
        local management, folder = auth0.management, ...
        local secret = env.secret "MY_SECRET"
        local function try(fn, ...) pcall(print, select(2, pcall(fn, ...))) end
        print(secret, { secret }, tostring(secret), type(secret), rawequal(secret, secret))
        print(("%s|%5s|%p"):format(secret, secret, secret) ~= nil, ("%s"):format(secret))
        try(string.format, "%q", secret) try(string.format, "%d", secret) try(string.rep, secret, 2)
        try(string.upper, secret) try(string.len, secret) try(string.byte, secret) try(string.sub, secret, 1) try(string.gsub, "x", "x", secret)
        try(utf8.char, secret) try(utf8.codepoint, secret) try(tonumber, secret) try(math.floor, secret)
        try(function() return secret .. "" end) try(function() return "" .. secret end) try(function() return #secret end)
        try(function() return secret < secret end) try(function() return secret == env.secret "MY_SECRET" end) try(function() return secret <= "z" end)
        try(function() return secret + 1 end) try(function() return -secret end) try(function() return secret | 1 end)
        try(function() return secret.value end) try(function() secret.value = 1 end) try(function() return secret() end)
        try(pairs, secret) try(ipairs, secret) try(next, secret) try(rawget, secret, 1) try(rawlen, secret) try(table.concat, { secret })
        try(table.unpack, secret) try(getmetatable, secret) try(setmetatable, secret, {}) try(select, "#", secret)
        try(json.encode, secret) try(json.encode, { a = { secret } }) try(json.decode, secret) try(json.array, secret)
        try(load, secret) try(load, function() return secret end) try(require, secret) try(error, secret) try(assert, false, secret)
        try(error, { message = secret }) try(error, setmetatable({}, { __tostring = function() return secret end }))
        try(debug.traceback, secret) try(os.date, secret) try(os.getenv, secret) try(env.get, secret) try(os.exit, secret)
        try(fs.write, folder .. "/out", secret) try(fs.write, secret, "x") try(fs.read, secret) try(tasks.sleep, secret)
        try(coroutine.wrap(function() error(secret) end)) try(function() return tasks.spawn(function() error(secret) end):await() end)
        try(management.users.get, secret) try(management.users.list, { q = secret }) try(management.users.list, { fields = { secret } })
        try(management.users.get, "x", nil, { headers = { ["X-Mine"] = secret } }) try(management.users.get, "x", nil, { custom_domain = secret })
        try(management.users.get, "x", nil, { timeout = secret }) try(management.users.get, "x", nil, secret) try(management.users.list, secret)
        try(management.request, { path = secret }) try(management.request, { path = "/x", query = { a = secret } }) try(management.request, { method = secret, path = "/x" })
        try(management.branding.templates.update_universal_login, secret) try(management.clients.update, "x", secret)
        try(auth0.ManagementClient, { domain = secret, token = "t" }) try(auth0.ManagementClient, { domain = "127.0.0.1", token = secret })
        try(auth0.authentication.oauth.authorize_url, { redirect_uri = secret })
        try(management.jobs.users_imports.create, { connection_id = secret, users = {} })
        try(management.clients.create, { name = "x", app_type = secret, callbacks = secret })
        """#

    private static func answer(_ status: String, _ body: String) -> [ScriptedServer.Step] {
        [
            .send(
                "HTTP/1.1 \(status)\r\nX-Echo: \(value)\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            )
        ]
    }

    private func luath(_ server: ScriptedServer, _ code: String, value: String = value) async throws -> Command {
        try await withFolder { folder in
            let result = try await Command.luath(
                "run", "--allow-env=MY_SECRET", "--allow-write", folder.path, "--log-level", "debug", "-e", code,
                folder.path,
                environment: [
                    "AUTH0_DOMAIN": "http://127.0.0.1:\(server.port)", "AUTH0_API_TOKEN": "tok",
                    "AUTH0_CLIENT_ID": "id",
                    "AUTH0_CLIENT_SECRET": "client-secret", "MY_SECRET": value,
                ])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
            return result
        }
    }

    /// The value and the forms that JSON gives it.
    private func expectNothing(of value: String = value, in result: Command) {
        for text in [result.output, result.errors] {
            for part in [value, "s3cr3t", "värde", "v\\u00e4rde"] { #expect(!text.contains(part), "\(text)") }
        }
    }

    @Test func noWayOfPrintingShowsIt() async throws {
        try await ScriptedServer.with(Self.answer("200 OK", "{}")) { server in
            let result = try await luath(server, Self.attempts + "\nprint('end')")
            expectNothing(in: result)
            #expect(result.lines.last == "end", "\(result.errors)")
            #expect(result.lines.first?.hasPrefix("•••\ttable: ") == true)
            #expect(result.output.components(separatedBy: "a secret cannot be").count > 10)
            #expect(
                result.output.contains("json.encode: field 'a[1]': a secret can only be put into the body of a request")
            )
            #expect(
                server.requests.allSatisfy { !$0.contains("s3cr3t") && !$0.contains("v%C3%A4rde") },
                "\(server.requests)")
        }
    }

    @Test(arguments: [
        "error(secret)", "error({ message = secret })", "error(('x%s'):format(secret))", "return secret",
        "local x = secret .. ''",
    ])
    func anUncaughtErrorDoesNotShowIt(code: String) async throws {
        try await ScriptedServer.with(Self.answer("200 OK", "{}")) { server in
            expectNothing(in: try await luath(server, "local secret = require('env').secret 'MY_SECRET' " + code))
        }
    }

    @Test func aRequestsBodyHoldsItAndTheAnswerDoesNotShowIt() async throws {
        let json = #""s3cr3t/\"värde\"-42""#
        for echo in [
            json, #""s3cr3t\/\"värde\"-42""#, #""s3cr3t/\"v\u00e4rde\"-42""#,
            #""in the middle s3cr3t/\"värde\"-42 of it""#,
        ] {
            for (status, body) in [
                ("200 OK", #"{"name":\#(echo),"list":[{"deep":\#(echo)}]}"#),
                (
                    "400 Bad Request",
                    #"{"statusCode":400,"error":"Bad Request","message":\#(echo),"errorCode":"invalid_body"}"#
                ),
                ("403 Forbidden", #"{"error":\#(echo),"error_description":\#(echo)}"#),
                ("500 X", "<html>\(Self.value)"),
            ] {
                try await ScriptedServer.with(Self.answer(status, body)) { server in
                    let result = try await luath(
                        server,
                        #"""
                        local json, secret = require "json", require("env").secret "MY_SECRET"
                        local function show(ok, value, response)
                          print(ok, value, json.encode(ok and { value, response }
                              or { message = value.message, body = value.body, code = value.code, response = value.raw_response }))
                        end
                        local management = require("auth0").management
                        show(pcall(management.clients.create, { name = secret, client_metadata = { a = { secret } } }))
                        show(pcall(management.request, { method = "POST", path = "/new", body = { secret } }))
                        show(pcall(require("auth0.v2").management.createClient, { name = secret }))
                        show(pcall(require("auth0").authentication.oauth.password_grant, { username = "u", password = secret }))
                        show(pcall(require("auth0").authentication.database.sign_up, { email = "e", password = secret, connection = "c" }))
                        management.users.create { connection = "c", password = secret }
                        """#)
                    expectNothing(in: result)
                    #expect(result.output.contains("•••"))
                    #expect(
                        server.requests[0].hasSuffix(#"{"client_metadata":{"a":[\#(json)]},"name":\#(json)}"#),
                        "\(server.requests)")
                    #expect(server.requests.contains { $0.hasSuffix("[\(json)]") })
                    #expect(server.requests.contains { $0.contains("password=s3cr3t%2F%22v%C3%A4rde%22-42") })
                    #expect(server.requests.contains { $0.contains(#""password":\#(json)"#) })
                }
            }
        }
    }

    @Test func whatAnAnswerHidesIsNotSentBack() async throws {
        try await ScriptedServer.with(
            Self.answer("200 OK", #"{"options":{"client_secret":"s3cr3t/\"värde\"-42","a":1}}"#)
        ) { server in
            let result = try await luath(
                server,
                """
                local management, secret = require("auth0").management, require("env").secret "MY_SECRET"
                local connection = management.connections.update("c", { options = { client_secret = secret } })
                local ok, problem = pcall(management.connections.update, "c", { options = connection.options })
                print(ok, problem)
                connection.options.client_secret = secret
                management.connections.update("c", { options = connection.options })
                """)
            expectNothing(in: result)
            #expect(result.output.contains("set the field with env.secret"), "\(result.output)")
            #expect(server.requests.count == 2 && server.requests[1].contains("s3cr3t"))
        }
    }

    /// As a part of other texts it would be found everywhere.
    @Test func aShortOneIsHiddenWhereItIsTheWholeText() async throws {
        try await ScriptedServer.with(Self.answer("200 OK", #"{"name":"p1n","pin":"pi","tail":"sp1n"}"#)) { server in
            let result = try await luath(
                server,
                """
                local client = require("auth0").management.clients.create { name = require("env").secret "MY_SECRET" }
                print(client.name, client.pin, client.tail)
                """, value: "p1n")
            #expect(result.lines == ["•••\tpi\tsp1n"], "\(result.errors)")
        }
    }

    @Test func aFetcherHandsItOnUnseen() async throws {
        try await ScriptedServer.with(Self.answer("200 OK", "{}")) { server in
            let result = try await luath(
                server,
                """
                local auth0, secret = require "auth0", require("env").secret "MY_SECRET"
                local function client(change)
                  return auth0.ManagementClient { domain = "http://127.0.0.1:\(server.port)", token = "t", fetcher = function(request, fetch)
                    print(request.body)
                    change(request)
                    return fetch(request)
                  end }
                end
                client(function() end).clients.update("x", { name = secret })
                print(pcall(client(function(request) request.body = request.body:gsub("name", "other") end).clients.update, "x", { name = secret }))
                """)
            expectNothing(in: result)
            #expect(
                result.output.contains(#"{"name":"•••"}"#) && result.output.contains("set the field with env.secret"))
            #expect(server.requests.count == 1 && server.requests[0].contains("s3cr3t"))
        }
    }

    @Test(arguments: [
        ("print(require('env').get 'A')", Int32(0), "1", ""), ("print(require('env').get 'UNSET')", 0, "nil", ""),
        ("print(require('env').get 'EMPTY' == '')", 0, "true", ""), ("require('env').get 'B'", 7, "", "--allow-env=B"),
        ("require('env').secret 'B'", 7, "", "--allow-env=B"), ("os.getenv 'B'", 7, "", "--allow-env=B"),
        ("require('env').get 'a'", 7, "", "--allow-env=a"), ("require('env').get ''", 1, "", "takes a name"),
        ("require('env').get()", 1, "", "takes a name, got nothing"),
        ("require('env').secret {}", 1, "", "takes a name, got table"),
        ("require('env').secret 'UNSET'", 3, "", "'UNSET' is not set"),
        ("require('env').secret 'EMPTY'", 3, "", "'EMPTY' is not set"),
    ]) func onlyNamedVariablesAreRead(code: String, status: Int32, output: String, message: String) async throws {
        let result = try await Command.luath(
            "run", "--allow-env=A", "--allow-env=UNSET", "--allow-env", "EMPTY", "-e", code,
            environment: ["A": "1", "B": "2", "EMPTY": ""])
        #expect(result.status == status && result.lines.joined() == output, "\(result)")
        #expect(message.isEmpty || result.errors.contains(message), "\(result)")
    }
}
