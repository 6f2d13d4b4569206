// A client certificate in a real handshake.

import Auth0API
import Auth0Client
import ScriptedServer
import Testing

import class Foundation.FileManager

@Suite struct MutualTLSTests {
    static let token =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 22\r\n\r\n{\"access_token\":\"abc\"}"

    func grant(_ server: ScriptedServer, _ certificate: ClientCertificate?, caFile: String) async throws -> TokenSet {
        var options = ClientOptions()
        options.usesMTLS = true
        options.connection.caFile = caFile
        options.connection.proxies = .none
        options.connection.clientCertificate = certificate
        options.retry.maxRetries = 0
        let client = try AuthenticationClient(
            domain: "https://127.0.0.1:\(server.port)", clientID: "cid", options: options)
        return try await client.clientCredentialsGrant(audience: "a")
    }

    @Test func showsItsCertificateToAServerThatAsksForOne() async throws {
        let own = try Certificates(host: "127.0.0.1"), mine = try Certificates(host: "my-app")
        let file = try own.write()
        defer { try? FileManager.default.removeItem(atPath: file) }
        try await ScriptedServer.with([.send(Self.token)], tls: own, clients: mine) { server in
            let certificate = ClientCertificate(chain: mine.pem, key: Secret(mine.key))
            let tokens = try await grant(server, certificate, caFile: file)
            #expect(tokens.accessToken.reveal() == "abc")
            #expect(server.requests[0].hasSuffix("client_id=cid&audience=a&grant_type=client_credentials"))
            for other in [nil, ClientCertificate(chain: own.pem, key: Secret(own.key))] {
                let error = await #expect(throws: APIError.self) { try await grant(server, other, caFile: file) }
                #expect(error?.kind == .network)
                #expect(error?.message.contains("refused the client certificate") == true, "\(error!)")
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test func saysWhatIsWrongWithACertificateBeforeAnythingIsSent() throws {
        let one = try Certificates(host: "a"), other = try Certificates(host: "b")
        for (chain, key) in [("hunter2", one.key), (one.pem, "hunter2"), (one.pem, other.key)] {
            var options = ConnectionOptions()
            options.clientCertificate = ClientCertificate(chain: chain, key: Secret(key))
            let error = #expect(throws: APIError.self) { try HTTPTransport(options) }
            #expect(error?.kind == .config)
            #expect(error.map { "\($0)".contains("hunter2") || "\($0)".contains(key.prefix(60).suffix(20)) } == false)
        }
    }
}
