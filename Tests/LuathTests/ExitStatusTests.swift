// The exit statuses of the contract, and that each message says what to do.

import Foundation
import ScriptedServer
import Testing

@Suite(.serialized) struct ExitStatusTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let status: Int32
        let message: String
        var testDescription: String { arguments.joined(separator: " ") }
        init(_ arguments: [String], _ status: Int32, _ message: String) {
            self.arguments = arguments
            self.status = status
            self.message = message
        }
    }

    static let cases = [
        Case(["run", "-e", "print(1)"], 0, ""),
        Case(["--version"], 0, ""),
        Case(["--help"], 0, ""),
        Case(["run", "--help"], 0, ""),
        Case(["run", "-e", "error('no')"], 1, "(command line):1: no"),
        Case(["run", "-e", "local x = ="], 1, "(command line):1:"),
        Case(["run", "-e", "require 'nothing.here'"], 1, "module 'nothing.here' not found"),
        Case(
            ["run", "--demo", "-e", "require('auth0').management.clients.updat('x')"], 1,
            "did you mean 'clients.update'"),
        Case(["run"], 2, "SCRIPT is missing"),
        Case(["run", "--dmeo", "x.lua"], 2, "did you mean '--demo'?"),
        Case(["rnu"], 2, ""),
        Case(["run", "no-such-recipe"], 2, "there is no file and no recipe"),
        Case(["run", "rename-clint"], 2, "rename-clients"),
        Case(["run", "Tests/lua/list_all_clients.lua", "--demo"], 2, "came after"),
        Case(["run", "Tests/lua/list_all_clients.lua", "--timeout=5"], 2, "came after"),
        Case(["run", "Tests/lua/list_all_clients.lua", "--help"], 2, "came after"),
        Case(["run", "rename-clients", "--help"], 0, ""),
        Case(
            ["run", "--demo", "update-rule", "--name", "x", "--enabled", "maybe"], 2,
            "'--enabled' must be true or false"),
        Case(["run", "--demo", "users-by-email", "--email="], 2, "'--email' is empty"),
        Case(["run", "--demo", "rename-clients", "--mtch", "x"], 2, "did you mean '--match'?"),
        Case(["run", "--demo", "rename-clients", "--match", "x"], 2, "'--replace' is missing"),
        Case(["run", "rename-clients", "--match", "x", "--replace", "y", "--demo"], 2, "came after"),
        Case(["run", "--timeout", "soon", "-e", ""], 2, "timeout"),
        Case(["run", "-e", "require('auth0').management.clients.list()"], 3, "AUTH0_DOMAIN"),
        Case(["run", "--env-file", "/nonexistent.env", "-e", ""], 3, "cannot be found"),
        Case(["run", "--profile", "nobody", "-e", ""], 3, "cannot be found"),
        Case(["run", "--demo", "-e", "require('auth0').management.users.get('auth0|none')"], 4, "NotFoundError"),
        Case(["run", "--demo", "-e", "for u in require('auth0').management.users.list() do end"], 5, "1,000"),
        Case(["run", "--deadline", "0.2", "-e", "require('tasks').sleep(3600)"], 5, "deadline"),
        Case(
            ["run", "--deadline", "0.2", "-e", "for i = 1, 3 do pcall(require('tasks').sleep, 5) end"], 5, "deadline"),
        Case(["run", "--deadline", "0.2", "-e", "while true do end"], 5, "(command line):1: DeadlineError"),
        Case(["run", "--max-busy", "0.1", "-e", "while true do pcall(error) end"], 5, "--max-busy"),
        Case(["run", "--max-memory", "16", "-e", "local s = 'x' while true do s = s .. s end"], 5, "16 MiB"),
        Case(["run", "--max-memory", "8M", "-e", "local t = {} while true do t = { t } end"], 5, "--max-memory"),
        Case(["run", "--max-memory", "1M", "-e", "require('auth0') require('tasks') print(1)"], 0, ""),
        Case(["run", "--max-memory", "1K", "-e", ""], 2, "max-memory"),
        Case(["run", "--max-memory", "lots", "-e", ""], 2, "max-memory"),
        Case(["run", "--max-memory", "99999999999999G", "-e", ""], 2, "max-memory"),
        Case(
            ["run", "--max-output", "1", "-e", "while true do print(('x'):rep(9999)) end"], 5, "printed more than 1 MiB"
        ),
        Case(["run", "--max-tasks", "0", "-e", ""], 2, "--max-tasks is a number from 1"),
        Case(
            ["run", "-e", "local t = require('tasks') for i = 1, 1e6 do t.spawn(t.sleep, 9) end"], 5, "10000 tasks"),
        Case(
            ["run", "--max-tasks", "9", "-e", "local t = require('tasks') for i = 1, 10 do t.spawn(t.sleep, 9) end"], 5,
            "--max-tasks"),
        Case(["run", "Tests/lua/list_all_clients.lua", "--max-busy=5"], 2, "came after"),
        Case(
            ["run", "-e", "local t = require('tasks') local x = t.spawn(t.sleep, 3) x:cancel() x:await()"], 1,
            "CancelledError"),
        Case(["run", "-e", "local t = {} t[1] = t t[2] = t return t"], 0, ""),
        Case(["run", "-e", "", "a", "--demo"], 2, "came after"),
        Case(["run", "/tmp"], 2, "is a folder"),
        Case(
            ["run", "--demo", "-e", "require('auth0').management.clients.list({}, { timeout = '900000000h' })"], 1,
            "timeout"),
        Case(
            [
                "run", "--demo", "-e",
                "require('auth0').management.clients.list { page = math.maxinteger, per_page = 2 }",
            ], 4, "BadRequestError"),
        Case(["run", "--demo", "-e", "require('auth0').management.clients.delete('x')"], 7, "--allow-delete"),
        Case(
            ["run", "--demo", "--read-only", "-e", "require('auth0').management.clients.create { name = 'x' }"], 7,
            "read-only"),
        Case(["run", "-e", "require('fs').read('/etc/passwd')"], 7, "--allow-read"),
        Case(["run", "-e", "os.getenv('HOME')"], 7, "--allow-env"),
        Case(["run", "-e", "os.exit(9)"], 9, ""),
        Case(["run", "-e", "os.exit(true)"], 0, ""),
    ]

    @Test(arguments: cases) func isAsPromised(_ item: Case) async throws {
        let result = try await Command.luath(item.arguments)
        #expect(result.status == item.status, "\(result.errors)")
        #expect(item.message.isEmpty || result.errors.contains(item.message), "\(result.errors)")
    }

    @Test func aRefusedConnectionIsStatus4WithAHint() async throws {
        let result = try await Command.luath(
            "run", "--max-retries", "0", "-e", "require('auth0').management.clients.list()",
            environment: ["AUTH0_DOMAIN": "http://127.0.0.1:9", "AUTH0_API_TOKEN": "token"])
        #expect(result.status == 4)
        #expect(result.errors.contains("NetworkError"))
        #expect(!result.errors.contains("token\""))
    }

    @Test func emptyVariablesCountAsUnset() async throws {
        let result = try await Command.luath(
            "run", "-e", "require('auth0').management.clients.list()", environment: ["AUTH0_DOMAIN": ""])
        #expect(result.status == 3)
    }

    @Test func aRefusedTokenIsStatus3() async throws {
        let answer = #"{"statusCode":401,"error":"Unauthorized","message":"Invalid token","errorCode":"invalid_token"}"#
        let head =
            "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: \(answer.utf8.count)\r\n\r\n"
        try await ScriptedServer.with([.send(head + answer)]) { server in
            let result = try await Command.luath(
                "run", "-e", "require('auth0').management.clients.list()",
                environment: ["AUTH0_DOMAIN": "http://127.0.0.1:\(server.port)", "AUTH0_API_TOKEN": "canary-token"])
            #expect(result.status == 3)
            #expect(result.errors.contains("UnauthorizedError") && !result.errors.contains("canary"))
        }
    }

    @Test(arguments: [
        (
            "AUTH0_DOMAIN=http://127.0.0.1:9\r\nAUTH0_CLIENT_ID=a\r\nAUTH0_CLIENT_SECRET=canary\r\n", Int32(4),
            "NetworkError"
        ),
        ("AUTH0_DOMAIN=acme.eu.auth0.com;AUTH0_CLIENT_SECRET=canary\n", 3, "punctuation"),
        ("AUTH0_DOMAIN=\"http://127.0.0.1:9\";\nAUTH0_CLIENT_SECRET=canary\n", 3, "does not end with it"),
        ("AUTH0_DOMAIN=http://127.0.0.1:9 # here\nAUTH0_API_TOKEN='canary'\n", 4, "NetworkError"),
        ("AUTH0_DOMIAN=http://127.0.0.1:9\nAUTH0_API_TOKEN=canary\n", 3, "did you mean AUTH0_DOMAIN?"),
    ]) func anEnvFileIsReadOrExplained(text: String, status: Int32, message: String) async throws {
        try await withFolder { folder in
            let path = folder.appending(path: "acme.env").path
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            let result = try await Command.luath(
                "run", "--max-retries", "0", "--env-file", path, "-e", "require('auth0').management.clients.list()")
            #expect(result.status == status, "\(result.errors)")
            #expect(result.errors.contains(message) && !result.errors.contains("canary"), "\(result.errors)")
        }
    }

    @Test func theEnvironmentWinsAndNoOtherTenantsSecretIsUsed() async throws {
        try await withFolder { folder in
            let path = folder.appending(path: "acme.env").path
            try "AUTH0_DOMAIN=acme.eu.auth0.com\nAUTH0_API_TOKEN=canary\n".write(
                toFile: path, atomically: true, encoding: .utf8)
            let result = try await Command.luath(
                "run", "--env-file", path, "-e", "require('auth0').management.clients.list()",
                environment: ["AUTH0_DOMAIN": "http://127.0.0.1:9"])
            #expect(result.status == 3)
            #expect(result.errors.contains("no credentials for http://127.0.0.1:9"))
        }
    }

    @Test func readsFromStandardInputAndPassesArguments() async throws {
        let result = try await Command.luath(
            "run", "-", "a", "--b", input: "#!/usr/bin/env luath\nprint(arg[0], #arg, ...)")
        #expect(result.lines == ["stdin\t2\ta\t--b"])
    }

    @Test func anOptionAfterDashesBelongsToTheScript() async throws {
        let result = try await Command.luath("run", "-", "--", "--demo", input: "print(...)")
        #expect(result.lines == ["--demo"])
    }

    @Test func aProfileThatOthersCanReadIsRefused() async throws {
        try await withFolder { folder in
            let path = folder.appending(path: "luath/acme.env")
            try FileManager.default.createDirectory(
                at: folder.appending(path: "luath"), withIntermediateDirectories: true)
            try "AUTH0_DOMAIN=http://127.0.0.1:9\nAUTH0_API_TOKEN=x\n".write(
                to: path, atomically: true, encoding: .utf8)
            func run() async throws -> Command {
                try await Command.luath(
                    "run", "--profile", "acme", "-e", "print('ran')", environment: ["XDG_CONFIG_HOME": folder.path])
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path.path)
            let refused = try await run()
            #expect(refused.status == 3)
            #expect(refused.errors.contains("chmod 600"))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path.path)
            #expect(try await run().lines == ["ran"])
        }
    }
}
