// Arguments, results, errors and clients of the older generations, where they differ from today's.

import Auth0API
import Auth0Client
import Foundation
import LuaHost
import Luath
import Testing

@Suite struct LegacyCallTests {
    private static let opening = """
        local v2, v4, auth0 = require "auth0.v2", require "auth0.v4", require "auth0"

        """

    private func sent(_ code: String) async throws -> [String] {
        let transport = ScriptedTransport { _, _ in .json(#"{"access_token":"t","a":1}"#) }
        _ = try await run(Self.opening + code, transport) { host in
            host.tenant = {
                TenantSettings(
                    domain: "tenant.auth0.com", credentials: .token(Secret("tok")), clientID: "app",
                    authentication: .secret(Secret("shh")))
            }
        }
        return transport.requests.map {
            let header = $0.headers["auth0-forwarded-for"].map { " for \($0)" } ?? ""
            return "\($0.method) \($0.url) \(String(decoding: $0.body ?? [], as: UTF8.self))\(header)"
        }
    }

    @Test(arguments: [
        (#"v2.management.getClient { client_id = "c" }"#, #"auth0.management.clients.get("c")"#),
        (
            #"v2.management.updateClient({ client_id = "c" }, { name = "n", callbacks = {} })"#,
            #"auth0.management.clients.update("c", { name = "n", callbacks = {} })"#
        ),
        (
            #"v2.management.updateRule({ id = "r" }, { enabled = true })"#,
            #"auth0.management.rules.update("r", { enabled = true })"#
        ),
        (
            #"v2.management.getUsersByEmail("a+b@c.de", { fields = "email" })"#,
            #"auth0.management.users.list_users_by_email { email = "a+b@c.de", fields = "email" }"#
        ),
        (
            #"v2.authentication.clientCredentialsGrant { audience = "x" }"#,
            #"auth0.authentication.oauth.client_credentials_grant { audience = "x" }"#
        ),
        (
            #"v4.authentication.oauth.clientCredentialsGrant { audience = "x" }"#,
            #"auth0.authentication.oauth.client_credentials_grant { audience = "x" }"#
        ),
        (
            #"v4.management.clients.update({ client_id = "c" }, { name = "n" })"#,
            #"auth0.management.clients.update("c", { name = "n" })"#
        ),
        (
            #"v2.management.updateUserMetadata({ id = "auth0|1" }, { city = "Bonn" })"#,
            #"auth0.management.users.update("auth0|1", { user_metadata = { city = "Bonn" } })"#
        ),
        (
            #"v2.management.linkUsers("auth0|1", { user_id = "2", provider = "google-oauth2" })"#,
            #"auth0.management.users.identities.link("auth0|1", { user_id = "2", provider = "google-oauth2" })"#
        ),
        (
            #"v2.management.removeHookSecrets({ id = "h" }, { "A", "B" })"#,
            #"auth0.management.hooks.secrets.delete("h", { "A", "B" })"#
        ),
        (
            #"v2.management.updateGuardianPolicies({}, { "all-applications" })"#,
            #"auth0.management.guardian.policies.set { "all-applications" }"#
        ),
        (
            #"v2.management.setBrandingUniversalLoginTemplate({}, { template = "<html>" })"#,
            #"auth0.management.branding.templates.update_universal_login { template = "<html>" }"#
        ),
        (
            #"v2.management.updateCustomTextByLanguage { prompt = "login", language = "de", body = { login = { title = "T" } } }"#,
            #"auth0.management.prompts.custom_text.set("login", "de", { login = { title = "T" } })"#
        ),
        (
            #"v2.management.actions.deployVersion { action_id = "a", version_id = "v", update_draft = true }"#,
            #"auth0.management.actions.versions.deploy("a", "v", { update_draft = true })"#
        ),
        (
            #"v2.management.connections.deleteUserByEmail { id = "con", email = "a@b.c" }"#,
            #"auth0.management.connections.users.delete_by_email("con", { email = "a@b.c" })"#
        ),
        (
            #"v2.management.getUser { id = "auth0%7C1%2F2" }"#, #"auth0.management.users.get("auth0|1/2")"#
        ),
        (
            #"v4.management.users.get { id = "auth0%7C1" }"#, #"auth0.management.users.get("auth0%7C1")"#
        ),
        (
            #"v4.management.keys.rotate()"#, #"auth0.management.keys.signing.rotate()"#
        ),
        (
            #"v2.authentication.requestMagicLink { email = "a@b.c", authParams = { state = "s" } }"#,
            #"auth0.authentication.passwordless.send_email { email = "a@b.c", send = "link", authParams = { state = "s" } }"#
        ),
        (
            #"v2.authentication.requestSMSCode { phoneNumber = "+491" }"#,
            #"auth0.authentication.passwordless.send_sms { phone_number = "+491" }"#
        ),
        (
            #"v2.authentication.verifySMSCode { username = "+491", password = "123" }"#,
            #"auth0.authentication.passwordless.login_with_sms { phone_number = "+491", code = "123", scope = "openid" }"#
        ),
        (
            #"v2.authentication.verifyEmailCode { email = "a@b.c", otp = "1", scope = "profile" }"#,
            #"auth0.authentication.passwordless.login_with_email { email = "a@b.c", code = "1", scope = "profile" }"#
        ),
        (
            #"v2.authentication.passwordless.signIn { realm = "sms", username = "+491", otp = "1" }"#,
            #"auth0.authentication.passwordless.login_with_sms { phone_number = "+491", code = "1", scope = "openid" }"#
        ),
        (
            #"v2.authentication.passwordGrant({ username = "u", password = "p" }, { forwardedFor = "1.2.3.4" })"#,
            #"auth0.authentication.oauth.password_grant({ username = "u", password = "p" }, { headers = { ["auth0-forwarded-for"] = "1.2.3.4" } })"#
        ),
        (
            #"v4.authentication.oauth.passwordGrant({ username = "u", password = "p" }, { initOverrides = { headers = { ["auth0-forwarded-for"] = "1" } } })"#,
            #"auth0.authentication.oauth.password_grant({ username = "u", password = "p" }, { headers = { ["auth0-forwarded-for"] = "1" } })"#
        ),
        (#"v2.authentication.getProfile("at")"#, #"auth0.userinfo.get_user_info("at")"#),
        (#"v4.userinfo.getUserInfo("at")"#, #"auth0.userinfo.get_user_info("at")"#),
    ]) func sendsWhatTodaysNameSends(old: String, today: String) async throws {
        let expected = try await sent(today)
        #expect(expected.count == 1)
        #expect(try await sent(old) == expected)
    }

    @Test(arguments: [
        ("v2.management.getUsers()", "/users"),
        ("v4.management.users.getAll()", "/users"),
        (
            #"v2.management.getUsers { q = "x", fields = { "a", "b" }, anything = 1 }"#,
            "/users?anything=1&fields=a%2Cb&q=x"
        ),
        (#"v4.management.connections.getAll { strategy = { "a", "b" } }"#, "/connections?strategy=a&strategy=b"),
        (#"v4.management.logs.getAll { q = "type:s" }"#, "/logs?q=type%3As"),
    ]) func asksForWhatWasGivenAndNoMore(code: String, path: String) async throws {
        #expect(try await sent(code) == ["GET https://tenant.auth0.com/api/v2\(path) "])
    }

    @Test func aPasswordIsStillSentWithAPasswordChange() async throws {
        let sent = try await sent(
            #"v2.authentication.changePassword { email = "a@b.c", password = "p", connection = "c" }"#)
        #expect(
            sent == [
                #"POST https://tenant.auth0.com/dbconnections/change_password {"client_id":"app","connection":"c","email":"a@b.c","password":"p"}"#
            ])
    }

    @Test(arguments: [
        (#"v2.management.getClient { id = "x" }"#, "'client_id' is missing (call getClient({ client_id }, callback?))"),
        (#"v2.management.deleteUser { id = "" }"#, "is empty"),
        (#"v2.management.deleteUser { id = ".." }"#, "climb"),
        (#"v2.management.deleteUser { id = "%2E%2E" }"#, "climb"),
        (#"v4.management.users.delete { id = "." }"#, "climb"),
        (#"v4.management.users.delete {}"#, "'id' is missing"),
        (#"v4.management.users.delete()"#, "'id' is missing"),
        (#"v4.management.users.get { id = {} }"#, "'id' must be a text"),
        (#"v4.management.users.getAll { perpage = 1 }"#, "unknown parameter 'perpage' (did you mean 'per_page'?)"),
        (#"v4.management.clients.update { client_id = "c", name = "n" }"#, "the body has an argument of its own"),
        (#"v4.management.grants.deleteByUserId {}"#, "'user_id' is missing"),
        (#"v4.management.grants.deleteByUserId { user_id = require("json").null }"#, "'user_id' is missing"),
        (#"v2.management.getUsers { "x" }"#, "params is a list"),
        (
            #"v4.authentication.oauth.passwordGrant({ username = "u", password = "p" }, { maxRetry = 1 })"#,
            "'max_retries'"
        ),
        (#"v4.management.users.getAll({}, {}, {})"#, "too many arguments"),
        (#"v4.management.users.getAll({}, { timout = 1 })"#, "did you mean 'timeout'"),
        (#"v4.management.users.getAll("x")"#, "params must be a table, got a string"),
        (#"v4.management.clients.create()"#, "the data is missing"),
        (#"v2.management.getUsers({}, {})"#, "too many arguments"),
        (
            #"v2.management.updateEmailProvider { name = "smtp" }"#,
            "the data is missing (call updateEmailProvider(params, data, callback?))"
        ),
        (#"v2.management.getUsersByEmail { email = "x" }"#, "'email' must be a text, got table"),
        (#"v2.management.getUserBlocksByIdentifier {}"#, "'identifier' is missing"),
        (#"v2.management.updateClient({ client_id = "c" }, { name = 0/0 })"#, "'name'"),
        (
            #"v2.management.getGuardianFactorTemplates { name = "duo" }"#,
            #"there is one for name = "phone"; name = "sms""#
        ),
        (#"v2.authentication.passwordless.signIn { otp = "1" }"#, #"there is one for realm = "email"; realm = "sms""#),
        (
            #"v2.authentication.passwordGrant({ username = "u", password = "p" }, { forwarded = "1" })"#,
            "the option is forwardedFor"
        ),
        (#"v2.authentication.getProfile()"#, "'access_token' must be a text"),
        (#"v4.authentication.oauth.passwordGrant()"#, "the data is missing"),
        (#"v4.authentication.oauth.passwordGrant { username = "u" }"#, "'password' is missing"),
        (#"return v4.management.getUsers"#, #"it is a name of require "auth0.v2""#),
        (#"return v2.management.users.list"#, #"it is a name of require "auth0""#),
        (#"return v2.management.getUserss"#, "did you mean 'getUsers'"),
        (#"return v4.management.user"#, "auth0.v4 has no 'user'"),
        (#"v4.management.users.x = 1"#, "cannot be changed"),
        (#"v4.ManagementClient { clientId = "c" }"#, "'domain' is missing"),
        (#"v4.ManagementClient { domain = "tenant.auth0.com", clientld = "c" }"#, "did you mean 'client_id'"),
        (#"v4.ManagementClient { domain = "tenant.auth0.com", token = "t", fetcher = print }"#, "takes no fetcher"),
        (
            #"v4.ManagementClient { domain = "tenant.auth0.com", token = "t", retry = { max = 1 } }"#,
            "unknown option 'retry.max'"
        ),
        (#"v4.ManagementClient { domain = "other.auth0.com", token = "t" }"#, "--allow-net=other.auth0.com"),
        (
            #"v4.ManagementClient { domain = "tenant.auth0.com", token = "t", includeResponseHeaders = true }"#,
            "unknown option"
        ),
        (#"v4.ManagementClient()"#, "takes a table of options"),
    ]) func refusesBeforeAnythingIsSent(code: String, message: String) async throws {
        let transport = ScriptedTransport { _, _ in .json("{}") }
        let lines = try await run(Self.opening + "print(pcall(function() \(code) end))", transport)
        #expect(lines.first?.hasPrefix("false") == true && lines.first?.contains(message) == true, "\(lines)")
        #expect(transport.requests.isEmpty)
    }

    @Test(arguments: [
        #"v2.management.deleteUser { id = "x" }"#, #"v4.management.users.delete { id = "x" }"#,
        #"v2.management.users.delete { id = "x" }"#,
    ]) func permissionsHoldForOldNames(code: String) async throws {
        for isReadOnly in [false, true] {
            let transport = ScriptedTransport { _, _ in .json("{}") }
            let lines = try await run(
                Self.opening + "local ok, e = pcall(function() \(code) end) print(ok, e.kind)", transport
            ) { host in
                host.permissions.allowsDelete = isReadOnly
                host.permissions.isReadOnly = isReadOnly
            }
            #expect(lines == ["false\tpermission"])
            #expect(transport.requests.isEmpty)
        }
    }

    @Test func resultsHaveTheShapeOfTheirTime() async throws {
        let transport = ScriptedTransport { request, _ in
            request.method == "DELETE"
                ? APIResponse(status: 204, url: request.url) : .json(#"[{"name":"n"}]"#, status: 201)
        }
        let lines = try await run(
            Self.opening + """
                local made = v4.management.clients.create { name = "n" }
                print(made.status, made.status_text, made.data[1].name, made.headers["content-type"])
                local gone = v4.management.clients.delete { client_id = "c" }
                print(gone.status, gone.status_text, gone.data)
                print(#v2.management.getClients(), next(v2.management.deleteClient { client_id = "c" }))
                local client = v2.ManagementClient { domain = "tenant.auth0.com", token = "t", includeResponseHeaders = true }
                local list = client.getClients()
                print(#list.data, list.headers["content-type"], list.status)
                """, transport)
        #expect(
            lines == [
                "201\tCreated\tn\tapplication/json", "204\tNo Content\tnil", "1\tnil", "1\tapplication/json\tnil",
            ])
    }

    @Test func errorsAlsoHaveTheFieldsOfTheirTime() async throws {
        let body = #"{"statusCode":404,"error":"Not Found","message":"No such user","errorCode":"inexistent_user"}"#
        let transport = ScriptedTransport { _, _ in .json(body, status: 404) }
        for module in ["v2", "v4"] {
            let name = module == "v2" ? "getUser" : "users.get"
            let lines = try await run(
                Self.opening + """
                    local ok, e = pcall(\(module).management.\(name), { id = "x" })
                    print(e.name, e.status_code, e.code, e.operation)
                    print(e.statusCode, e.errorCode, e.error, e.msg, e.headers["content-type"], e.requestInfo.method)
                    print(tostring(e), e.body.errorCode, e.traceback:find("test:", 1, true) ~= nil)
                    """, transport)
            #expect(
                lines == [
                    "NotFoundError\t404\tinexistent_user\tusers.get",
                    "404\tinexistent_user\tNot Found\tNo such user\tapplication/json\tGET",
                    "NotFoundError: users.get: No such user\tinexistent_user\ttrue",
                ])
        }
    }

    @Test func aCallbackGetsTheErrorOrTheResult() async throws {
        let transport = ScriptedTransport { request, _ in
            request.url.hasSuffix("/clients/none")
                ? .json(#"{"error":"Not Found","message":"none"}"#, status: 404) : .json(#"{"client_id":"c"}"#)
        }
        let lines = try await run(
            Self.opening + """
                local m = v2.management
                print(select("#", m.getClient({ client_id = "c" }, function(...) print(select("#", ...), (...), select(2, ...).client_id) end)))
                m.getClient({ client_id = "none" }, function(err, result) print(err.statusCode, result) end)
                m.getClient({}, function(err, result) print(err.kind, result) end)
                m:getClient({ client_id = "c" }, function(err, result) print(err, result.client_id) end)
                m.getClients(nil, function(err, result) print(err, result.client_id) end)
                print(pcall(m.getClient, { client_id = "c" }, function() error("own", 0) end))
                """, transport)
        #expect(lines == ["2\tnil\tc", "0", "404\tnil", "argument\tnil", "nil\tc", "nil\tc", "false\town"])
        #expect(transport.requests.count == 5)
    }

    @Test func clientsTakeTheOptionsOfTheirTime() async throws {
        let transport = ScriptedTransport { request, _ in
            .json(request.url.hasSuffix("/oauth/token") ? #"{"access_token":"fresh","expires_in":60}"# : #"{"a":1}"#)
        }
        let lines = try await run(
            Self.opening + """
                local client = v2.ManagementClient {
                  domain = "tenant.auth0.com", clientId = "id", clientSecret = "shh", scope = "read:users", telemetry = false,
                  tokenProvider = { enableCache = true }, retry = { enabled = true, maxRetries = 1 }, headers = { ["x-a"] = "1" },
                }
                print(client.getUser({ id = "x" }).a, client.users.get({ id = "x" }).a)
                local auth = v2.AuthenticationClient { domain = "tenant.auth0.com", clientId = "id", clientSecret = "shh" }
                print(auth.getProfile("at").a, auth.oauth.refreshToken({ refresh_token = "r" }).access_token)
                print(v4.UserInfoClient({ domain = "tenant.auth0.com", timeoutDuration = 5000 }).getUserInfo("at").data.a)
                """, transport)
        #expect(lines == ["1\t1", "1\tfresh", "1"])
        let requests = transport.requests
        #expect(requests.filter { $0.url.hasSuffix("/oauth/token") }.count == 2)
        #expect(requests[1].headers["x-a"] == "1" && requests[1].authorization == Secret("Bearer fresh"))
        #expect(requests[3].authorization == Secret("Bearer at"))
    }

    @Test func allGenerationsShareTheTokenOfTheRun() async throws {
        let transport = ScriptedTransport { request, _ in
            .json(request.url.hasSuffix("/oauth/token") ? #"{"access_token":"t","expires_in":600}"# : #"{"a":1}"#)
        }
        _ = try await run(
            Self.opening + """
                auth0.management.users.get("x") v2.management.getUser { id = "x" } v4.management.users.get { id = "x" }
                """, transport
        ) { host in
            host.tenant = {
                TenantSettings(
                    domain: "tenant.auth0.com",
                    credentials: .clientCredentials(id: "id", credential: .secret(Secret("shh")), audience: nil))
            }
        }
        #expect(transport.requests.filter { $0.url.hasSuffix("/oauth/token") }.count == 1)
        #expect(transport.requests.count == 4)
    }
}
