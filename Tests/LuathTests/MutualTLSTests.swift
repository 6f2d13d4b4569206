// The client certificate of a script's own client reaches the handshake.

import Auth0API
import Auth0Client
import Foundation
import Luath
import ScriptedServer
import Testing

@Suite struct MutualTLSTests {
    @Test func aScriptShowsTheCertificateThatItGives() async throws {
        let answer =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{\"access_token\":\"a\"}"
        let own = try Certificates(host: "127.0.0.1"), mine = try Certificates(host: "my-app")
        let file = try own.write()
        defer { try? FileManager.default.removeItem(atPath: file) }
        try await ScriptedServer.with([.send(answer)], tls: own, clients: mine) { server in
            let printed = Printed()
            let domain = "https://127.0.0.1:\(server.port)"
            var host = ScriptHost(tenant: TenantSettings(domain: domain, credentials: .token(Secret("tok"))))
            host.options.connection.caFile = file
            host.options.retry.maxRetries = 0
            host.print = { printed.write($0) }
            let code = """
                local auth0 = require "auth0"
                local domain, certificate, key = ...
                for _, own in ipairs { { certificate, key }, {} } do
                  local client = auth0.AuthenticationClient {
                    domain = domain, client_id = "cid", use_mtls = true, client_certificate = own[1], client_key = own[2],
                  }
                  print(pcall(client.oauth.client_credentials_grant, { audience = "x" }))
                end
                """
            try await host.run(
                Script(
                    source: Array(code.utf8), name: "test",
                    arguments: [.string(domain), .string(mine.pem), .string(mine.key)]))
            #expect(printed.lines[0].hasPrefix("true"))
            #expect(printed.lines[1].contains("refused the client certificate, or got none"))
            #expect(server.requests.count == 1)
            #expect(server.requests[0].hasSuffix("audience=x&grant_type=client_credentials"))
        }
    }
}
