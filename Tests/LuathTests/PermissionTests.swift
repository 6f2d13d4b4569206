// What a run may call: every way to call an operation meets the same rules, before anything is sent.

import Auth0API
import Auth0Client
import Foundation
import LuaHost
import Luath
import ScriptedServer
import Testing

@Suite struct PermissionTests {
    private static let opening = """
        local auth0 = require "auth0"
        local v4, v2 = require "auth0.v4", require "auth0.v2"
        local own = { domain = "tenant.auth0.com", token = "t" }
        local function fetching(change)
          return auth0.ManagementClient { domain = "tenant.auth0.com", token = "t",
            fetcher = function(request, fetch) change(request) return fetch(request) end }
        end

        """
    /// Ways to call `clients.update`; a fetcher first sends what is allowed (`clients.get`).
    private static let updates = [
        #"auth0.management.clients.update("x", { name = "y" })"#,
        #"v4.management.clients.update({ client_id = "x" }, { name = "y" })"#,
        #"v2.management.updateClient({ client_id = "x" }, { name = "y" })"#,
        #"v2.management.updateClient({ client_id = "x" }, { name = "y" }, function(e) if e then error(e, 0) end end)"#,
        #"v2.management.clients.update({ client_id = "x" }, { name = "y" })"#,
        #"auth0.management.request { method = "PATCH", path = "/clients/x", body = { name = "y" } }"#,
        #"auth0.management.request { method = "patch", path = "/api/v2/clients/x", body = {} }"#,
        #"auth0.management.request { method = "PATCH", path = "/%43lients/x", body = {} }"#,
        #"auth0.ManagementClient(own).clients.update("x", {})"#,
        #"v4.ManagementClient(own).clients.update({ client_id = "x" }, {})"#,
        #"v2.ManagementClient(own).updateClient({ client_id = "x" }, {})"#,
        #"fetching(function(r) end).clients.update("x", {})"#,
        #"fetching(function(r) r.method = "PATCH" end).clients.get "x""#,
        #"coroutine.wrap(function() auth0.management.clients.update("x", {}) end)()"#,
        #"require("tasks").map({ "x" }, function(id) auth0.management.clients.update(id, {}) end)"#,
        #"for _ in setmetatable({}, { __call = function() auth0.management.clients.update("x", {}) end }) do end"#,
    ]

    /// The error of code that must not send anything but what `expected` lists.
    private func refusal(_ code: String, _ change: @escaping (inout Permissions) -> Void) async throws -> String {
        let transport = ScriptedTransport { _, _ in .json("{}") }
        let lines = try await run(
            Self.opening + "local ok, e = pcall(function() \(code) end) print(ok, e.kind, e)", transport
        ) { host in
            host.permissions = Permissions()
            change(&host.permissions)
        }
        #expect(transport.requests.isEmpty, "\(code)")
        #expect(lines.first?.hasPrefix("false\tpermission\t") == true, "\(code): \(lines)")
        return lines.first ?? ""
    }

    @Test(arguments: updates) func everyWayOfCallingIsRefused(code: String) async throws {
        let readOnly = try await refusal(code) { $0.isReadOnly = true }
        #expect(readOnly.contains("clients.update") && readOnly.contains("--read-only"), "\(readOnly)")
        let unnamed = try await refusal(code) {
            $0.allowedOperations = try? OperationPattern.list("clients.get,read:users")
        }
        #expect(unnamed.contains("--allow-api=clients.update"), "\(unnamed)")
        let denied = try await refusal(code) {
            $0.allowedOperations = try? OperationPattern.list("clients.*")
            $0.deniedOperations = (try? OperationPattern.list("update:clients")) ?? []
        }
        #expect(denied.contains("--deny-api=update:clients"), "\(denied)")
    }

    @Test(arguments: updates) func everyWayOfCallingIsAllowedByName(code: String) async throws {
        let transport = ScriptedTransport { _, _ in .json("{}") }
        let lines = try await run(
            Self.opening
                + "local ok, e = pcall(function() \(code) end) print(ok, e)",
            transport
        ) { host in
            host.permissions = Permissions()
            host.permissions.allowedOperations = try? OperationPattern.list("clients.update,clients.get")
        }
        #expect(lines == ["true\tnil"] && transport.requests.count == 1, "\(lines)")
    }

    @Test(arguments: [
        (#"auth0.management.clients.delete "x""#, "clients.delete"),
        (#"v2.management.deleteClient { client_id = "x" }"#, "clients.delete"),
        (#"auth0.management.request { method = "DELETE", path = "/clients/x" }"#, "clients.delete"),
        (#"auth0.management.request { method = "DELETE", path = "/unknown/x" }"#, "request"),
        (#"fetching(function(r) r.method = "DELETE" end).clients.get "x""#, "clients.delete"),
        (#"auth0.authentication.mfa.authenticators.delete("token", "x")"#, "mfa.authenticators.delete"),
    ]) func deletingNeedsItsOption(code: String, operation: String) async throws {
        let line = try await refusal(code) { _ in }
        #expect(line.contains("\(operation): ") && line.contains("--allow-delete"), "\(line)")
    }

    @Test(arguments: [
        (#"auth0.management.users.get "x""#, "users.get"),
        (#"for u in auth0.all_users() do end"#, "users.list"),
        (#"auth0.management.request { path = "/users/x" }"#, "users.get"),
        (#"auth0.management.request { path = "/unknown" }"#, "request"),
        (#"fetching(function(r) r.url = "https://tenant.auth0.com/api/v2/users/x" end).clients.get "x""#, "users.get"),
        (
            #"fetching(function(r) r.url = "https://tenant.auth0.com/API/v2/Users/x?a=/clients/b" end).clients.get "x""#,
            "users.get"
        ),
        (#"fetching(function(r) r.url = "https://tenant.auth0.com/oauth/token" end).clients.get "x""#, "request"),
        (#"auth0.management.events.subscribe()"#, "events.subscribe"),
        (
            #"auth0.management.jobs.users_imports.create { users = {}, connection_id = "c" }"#,
            "jobs.users_imports.create"
        ),
        (#"auth0.userinfo.get_user_info "token""#, "userinfo.get_user_info"),
        (#"auth0.UserInfoClient({ domain = own.domain }).get_user_info "token""#, "userinfo.get_user_info"),
        (
            #"auth0.AuthenticationClient({ domain = own.domain, client_id = "c" }).database.sign_up { email = "e", password = "p", connection = "c" }"#,
            "authentication.database.sign_up"
        ),
        (
            #"auth0.AuthenticationClient({ domain = own.domain, client_id = "c" }).oauth.authorize_url { response_type = "code", redirect_uri = "u" }"#,
            "authentication.oauth.authorize_url"
        ),
        (
            #"v2.AuthenticationClient({ domain = own.domain, clientId = "c" }).passwordGrant { username = "u", password = "p" }"#,
            "authentication.oauth.password_grant"
        ),
    ]) func allElseIsRefusedOnceOperationsAreNamed(code: String, operation: String) async throws {
        let line = try await refusal(code) { $0.allowedOperations = try? OperationPattern.list("clients.*") }
        #expect(line.contains("--allow-api=\(operation))"), "\(line)")
    }

    /// Read-only goes by what an operation does, not by its verb.
    @Test(arguments: [
        (#"database.sign_up { email = "e", password = "p", connection = "c" }"#, false),
        (#"database.change_password { email = "e", connection = "c" }"#, false),
        (#"passwordless.send_email { email = "e", send = "code" }"#, false),
        (#"oauth.revoke_refresh_token { token = "t" }"#, false),
        (#"oauth.password_grant { username = "u", password = "p" }"#, true),
        (#"oauth.refresh_token_grant { refresh_token = "t" }"#, true),
        (#"oauth.authorize_url { response_type = "code", redirect_uri = "u" }"#, true),
    ]) func aReadOnlyRunMayAskForTokens(call: String, isAllowed: Bool) async throws {
        let code = """
            local ok, e = pcall(function()
              auth0.AuthenticationClient({ domain = own.domain, client_id = "c", client_secret = "s" }).\(call)
            end)
            print(ok, not ok and e)
            """
        let transport = ScriptedTransport { _, _ in .json("{}") }
        let lines = try await run(Self.opening + code, transport) { $0.permissions.isReadOnly = true }
        #expect(lines.first?.hasPrefix(isAllowed ? "true" : "false\tPermissionError") == true, "\(lines)")
        #expect(isAllowed || transport.requests.isEmpty)
    }

    @Test func aPostThatOnlyReadsIsReading() async throws {
        let transport = ScriptedTransport { _, _ in .json("{}") }
        let path = try #require(Catalog.shared.operation("custom_domains.test", in: .management)).path
            .replacing("{id}", with: "x")
        _ = try await run("require('auth0').management.request { method = 'POST', path = '\(path)' }", transport) {
            $0.permissions.isReadOnly = true
        }
        #expect(transport.requests.count == 1)
    }

    @Test(arguments: ["/clients/../users", "/clients//x", "/./users", "/clients/%2e%2e/users"])
    func aFetchersPathIsNoOtherNameForAnotherOne(path: String) async throws {
        let transport = ScriptedTransport { _, _ in .json("{}") }
        let lines = try await run(
            Self.opening + """
                print(pcall(fetching(function(r) r.url = "https://tenant.auth0.com/api/v2\(path)" end).clients.get, "x"))
                """, transport)
        #expect(lines.first?.contains("name another resource") == true, "\(lines)")
        #expect(transport.requests.isEmpty)
    }

    @Test(arguments: [
        (["other.auth0.com"], "other.auth0.com", true), (["OTHER.auth0.com"], "other.AUTH0.com", true),
        (["other.auth0.com"], "other.auth0.com:8443", true), (["other.auth0.com:8443"], "other.auth0.com:8443", true),
        (["https://other.auth0.com/"], "other.auth0.com", true), (["127.0.0.1:9"], "http://127.0.0.1:9", true),
        (["[::1]"], "https://[::1]:8443", true), ([], "tenant.auth0.com", true),
        (["other.auth0.com:8443"], "other.auth0.com", false), (["auth0.com"], "other.auth0.com", false),
        (["other.auth0.com"], "other.auth0.com.evil.example", false),
        (["other.auth0.com"], "evil-other.auth0.com", false),
        (["127.0.0.1:9"], "http://127.0.0.1:90", false), ([], "tenant.auth0.com:8443", false),
        (["*"], "other.auth0.com", false),
    ]) func aHostIsAllowedAsItIsNamed(hosts: [String], domain: String, isAllowed: Bool) async throws {
        let transport = ScriptedTransport { _, _ in .json("{}") }
        let lines = try await run(
            "print(pcall(require('auth0').ManagementClient, { domain = '\(domain)', token = 't' }))", transport
        ) { $0.permissions.hosts = hosts }
        #expect(lines.first?.hasPrefix(isAllowed ? "true" : "false") == true, "\(lines)")
        #expect(isAllowed || lines.first?.contains("--allow-net=\(domain.replacing("http://", with: ""))") == true)
    }

    @Test func aRedirectToAnotherHostNeedsPermissionToo() async throws {
        let fine = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"name\":\"other\"}"
        try await ScriptedServer.with([.send(fine)]) { other in
            let place = "127.0.0.1:\(other.port)"
            let moved = "HTTP/1.1 302 X\r\nLocation: http://\(place)/x?secret=1\r\nContent-Length: 0\r\n\r\n"
            try await ScriptedServer.with([.send(moved)]) { server in
                for hosts in [[], ["127.0.0.1:1"], [place]] {
                    let printed = Printed()
                    var host = ScriptHost(
                        tenant: TenantSettings(
                            domain: "http://127.0.0.1:\(server.port)", credentials: .token(Secret("tok"))))
                    host.permissions.hosts = hosts
                    host.print = { printed.write($0) }
                    let code = """
                        local ok, r = pcall(require("auth0").management.clients.get, "x")
                        print(ok and r.name or ("%s %s %d"):format(r.kind, r, r.attempts))
                        """
                    try await host.run(Script(source: Array(code.utf8), name: "redirect"))
                    let line = try #require(printed.lines.first)
                    if hosts == [place] {
                        #expect(line == "other")
                    } else {
                        #expect(line.hasPrefix("permission ") && line.contains("--allow-net=\(place))"), "\(line)")
                        #expect(line.hasSuffix(" 1") && other.requests.isEmpty, "\(line)")
                    }
                }
                #expect(other.requests.count == 1 && !other.requests[0].contains("tok"))
            }
        }
    }

    @Test func noHeaderPicksAnotherTenantBehindTheSameAddress() async throws {
        try await ScriptedServer.with([.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]) { server in
            let printed = Printed()
            var host = ScriptHost(
                tenant: TenantSettings(domain: "http://127.0.0.1:\(server.port)", credentials: .token(Secret("tok"))))
            host.print = { printed.write($0) }
            let code =
                #"print(pcall(require("auth0").management.clients.get, "x", nil, { headers = { hOst = "evil" } }))"#
            try await host.run(Script(source: Array(code.utf8), name: "host"))
            #expect(printed.lines.first?.contains("'host' cannot be set") == true && server.requests.isEmpty)
        }
    }

    @Test(arguments: [
        (["--allow-api", "client.*"], "did you mean 'clients.*'"), (["--deny-api", "read:user"], "'read:users'"),
        (["--allow-api", ""], "--allow-api"), (["--allow-api", "clients.*,"], "--allow-api"),
        (["--allow-read", ""], "--allow-read is empty"), (["--deny-write", ""], "--deny-write is empty"),
        (["--allow-env", ""], "--allow-env is empty"), (["--allow-net", "*.auth0.com"], "--allow-net"),
        (["--allow-net", ""], "--allow-net"), (["--allow-net", "http://example.com"], "plain http"),
    ]) func anOptionThatCanMeanNothingIsAUsageError(options: [String], message: String) async throws {
        let result = try await Command.luath(["run"] + options + ["-e", "print(1)"])
        #expect(result.status == 2 && result.output.isEmpty && result.errors.contains(message), "\(result.errors)")
    }

    @Test(arguments: [
        (["--allow-api", "users.*"], "--allow-api=clients.list"),
        (["--deny-api", "clients.*"], "--deny-api=clients.*"),
        (["--allow-api", "*", "--deny-api", "users.*,read:clients"], "--deny-api=read:clients"),
        (["--allow-api", "users.*", "--allow-api", "clients.list"], ""),
        (["--allow-api", "users.get, read:clients"], ""),
    ]) func theOptionsReachTheRun(options: [String], message: String) async throws {
        let result = try await Command.luath(
            ["run", "--demo"] + options + ["-e", "require('auth0').management.clients.list()"])
        #expect(result.status == (message.isEmpty ? 0 : 7), "\(result.errors)")
        #expect(message.isEmpty || result.errors.contains(message), "\(result.errors)")
    }
}
