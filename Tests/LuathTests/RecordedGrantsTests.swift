// Requests of the Authentication API as the official SDK was seen to make them, made again by a Lua script.

import Auth0API
import CryptoExtras
import Foundation
import Testing

@Suite struct RecordedGrantsTests {
    private static let script = """
        local json, auth0 = require "json", require "auth0"
        local case, key = json.decode((...)), select(2, ...)
        local options = ({
          secret = { client_secret = "sec" }, assertion = { client_assertion_signing_key = key },
          mtls = { use_mtls = true }, none = {},
        })[case.mode]
        options.domain, options.client_id = "tenant.auth0.com", "cid"
        local operation = auth0.AuthenticationClient(options)
        for part in case.operation:gmatch("[^.]+") do operation = operation[part] end
        local ok, problem = pcall(operation, table.unpack(case.args))
        print(ok, ok or problem.kind)
        print(json.encode(case.args))
        """

    @Test func sendsWhatTheOfficialSDKSends() async throws {
        guard let folder = ProcessInfo.processInfo.environment["LUATH_CASES"], !folder.isEmpty else {
            print("skipped: LUATH_CASES names no folder of recorded cases")
            return
        }
        let text = try String(contentsOfFile: "\(folder)/authentication-cases.ndjson", encoding: .utf8)
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048).pkcs8PEMRepresentation
        let lines = text.split(separator: "\n")
        #expect(lines.count > 50)
        for line in lines { try await check(String(line), key) }
    }

    private func check(_ line: String, _ key: String) async throws {
        let comment = Comment(rawValue: String(line.prefix(120)))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let transport = ScriptedTransport { _, _ in .json("{}") }
        let printed = try await run(Self.script, transport, arguments: [line, key])
        let given = try JSONSerialization.jsonObject(with: Data(printed[1].utf8)) as? NSArray
        #expect(given == object["args"] as? NSArray, "a call leaves its arguments as they are")
        guard let request = object["request"] as? [String: Any] else {
            #expect(printed[0] == "false\tconfig", comment)
            #expect(transport.requests.isEmpty, comment)
            return
        }
        #expect(printed[0] == "true\ttrue", comment)
        let sent = try #require(transport.requests.first, comment)
        #expect(sent.method == request["method"] as? String, comment)
        #expect(sent.url == request["url"] as? String, comment)
        var body = try fields(sent)
        var wanted = (request["body"] as? [String: Any] ?? [:]).mapValues { "\($0)" }
        let recorded = wanted.removeValue(forKey: "client_assertion")
        #expect((recorded == nil) == (body.removeValue(forKey: "client_assertion") == nil), comment)
        #expect(body == wanted, comment)
    }

    private func fields(_ request: APIRequest) throws -> [String: String] {
        let body = Data(request.body ?? [])
        if request.headers["content-type"] == "application/json" {
            let object = try JSONSerialization.jsonObject(with: body) as? [String: Any]
            return try #require(object).mapValues { "\($0)" }
        }
        var components = URLComponents()
        components.percentEncodedQuery = String(decoding: body, as: UTF8.self).replacing("+", with: "%20")
        return Dictionary((components.queryItems ?? []).map { ($0.name, $0.value ?? "") }) { $1 }
    }
}
