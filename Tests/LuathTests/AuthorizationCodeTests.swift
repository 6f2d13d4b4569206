// The login of a user in a browser, end to end: a script makes the URL, the browser (this test) visits it, the application
// gets the code at its callback address, and a second script exchanges it.

import Auth0API
import Auth0Client
import DemoTenant
import Foundation
import ScriptedServer
import Testing

@Suite(.serialized) struct AuthorizationCodeTests {
    static let start = """
        local auth0, id = require "auth0", ...
        local management = auth0.management
        local organization, user
        for o in management.organizations.list() do
          for member in management.organizations.members.list(o.id) do
            local found = management.users.get(member.user_id)
            if found.user_id:find("^auth0|") and not found.blocked then organization, user = o, found break end
          end
          if user then break end
        end
        local pkce = auth0.pkce()
        local request = {
          response_type = "code", redirect_uri = id, scope = "openid email offline_access", state = "st/1", nonce = "n-1",
          login_hint = user.email, organization = organization.id, max_age = 60,
          code_challenge = pkce.code_challenge, code_challenge_method = pkce.code_challenge_method,
        }
        print(auth0.authentication.oauth.authorize_url(request))
        local pushed = auth0.authentication.oauth.pushed_authorization(request)
        print(auth0.authentication.oauth.authorize_url { request_uri = pushed.request_uri })
        print(pkce.code_verifier)
        print(organization.id)
        print(user.email)
        """
    static let exchange = """
        local auth0 = require "auth0"
        local redirect, code, verifier, organization, nonce = ...
        local ok, tokens = pcall(auth0.authentication.oauth.authorization_code_grant_with_pkce,
          { code = code, code_verifier = verifier, redirect_uri = redirect },
          { id_token_validate_options = { nonce = nonce, organization = organization, max_age = "1m" } })
        if not ok then print(tokens.name, tokens.code, tokens.message) return end
        local again = auth0.authentication.oauth.refresh_token_grant { refresh_token = tokens.refresh_token }
        print(auth0.userinfo.get_user_info(again.access_token).email)
        """

    @Test func aUserSignsInWithACodeAndAProof() async throws {
        let tenant = try await DemoTenant.start()
        defer { Task { await tenant.close() } }
        let page = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        try await ScriptedServer.with([.send(page)]) { application in
            let environment = [
                "AUTH0_DOMAIN": tenant.url, "AUTH0_CLIENT_ID": tenant.clientID,
                "AUTH0_CLIENT_SECRET": tenant.clientSecret.reveal(),
            ]
            let redirect = "http://127.0.0.1:\(application.port)/callback"
            func luath(_ code: String, _ arguments: String...) async throws -> Command {
                try await Command.luath(["run", "-e", code] + arguments, environment: environment)
            }
            let made = try await luath(Self.start, redirect)
            try #require(made.status == 0, "\(made.errors)")
            let verifier = made.lines[2], organization = made.lines[3], email = made.lines[4]

            for url in made.lines.prefix(2) {
                let query = try await visit(url, application)
                #expect(query["state"] == "st/1")
                let code = try #require(query["code"], "\(query)")
                let done = try await luath(Self.exchange, redirect, code, verifier, organization, "n-1")
                #expect(done.output == "\(email)\n", "\(done.errors)")
                let replayed = try await luath(Self.exchange, redirect, code, verifier, organization, "n-1")
                #expect(replayed.output.hasPrefix("AuthApiError\tinvalid_grant\t"))
            }
            for (proof, wanted, nonce, message) in [
                (String(verifier.reversed()), organization, "n-1", "code verifier"),
                (verifier, "org_other", "n-1", "org_id"), (verifier, organization, "n-2", "nonce"),
            ] {
                let code = try #require(try await visit(made.lines[0], application)["code"])
                let refused = try await luath(Self.exchange, redirect, code, proof, wanted, nonce)
                #expect(refused.output.contains(message))
            }
            let spent = try await visit(made.lines[1], application)
            #expect(spent.isEmpty, "a pushed request is good once")
        }
    }

    /// Visits a URL as a browser does, and gives the query with which it came back to the application.
    private func visit(_ url: String, _ application: ScriptedServer) async throws -> [String: String] {
        var options = ConnectionOptions()
        options.proxies = .none
        let before = application.requests.count
        let browser = try HTTPTransport(options)
        _ = try await browser.send(APIRequest(method: "GET", url: url), timeout: .seconds(30))
        guard application.requests.count > before else { return [:] }
        let line = application.requests[before].split(separator: " ")[1]
        let items = URLComponents(string: String(line))?.queryItems ?? []
        return Dictionary(items.map { ($0.name, $0.value ?? "") }) { $1 }
    }
}
