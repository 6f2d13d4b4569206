// Requests of the Authentication API as the official SDK was seen to send them, read from a folder outside the project.

import Auth0API
import Auth0Client
import Foundation
import Testing

@Suite struct RecordedCasesTests {
    private static var folder: String? {
        ProcessInfo.processInfo.environment["LUATH_CASES"].flatMap { $0.isEmpty ? nil : $0 }
    }

    @Test func sendsWhatTheOfficialSDKSends() async throws {
        guard let folder = Self.folder else {
            print("skipped: LUATH_CASES names no folder of recorded cases")
            return
        }
        let text = try String(contentsOfFile: "\(folder)/authentication-cases.ndjson", encoding: .utf8)
        let lines = text.split(separator: "\n")
        #expect(lines.count > 50)
        for line in lines {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let operation = try #require(
                Catalog.shared.operation(object["operation"] as? String ?? "", in: .authentication), "\(line)")
            let arguments = try #require((object["args"] as? [Any])?.first as? [String: Any])
            try await check(operation, object["mode"] as? String ?? "", arguments, object["request"] as? [String: Any])
        }
    }

    private func check(
        _ operation: Auth0API.Operation, _ mode: String, _ arguments: [String: Any], _ request: [String: Any]?
    ) async throws {
        let comment = Comment(rawValue: "\(operation.name) as \(mode)")
        let transport = RecordingTransport { _, _ in .json(200) }
        var options = ClientOptions()
        options.transport = transport
        var credential: ClientCredential?
        switch mode {
        case "secret": credential = .secret(Secret("sec"))
        case "assertion": credential = .privateKey(SigningKey(pem: Secret(try TestKeys.rsa.get())))
        case "mtls": options.usesMTLS = true
        default: try #require(mode == "none", comment)
        }
        let client = try AuthenticationClient(
            domain: "tenant.auth0.com", clientID: "cid", credential: credential, options: options)
        let fields = try arguments.map { (name: $0.key, value: try value($0.value)) }
        guard let request else {
            let error = await #expect(throws: APIError.self, comment) {
                try await client.send(operation, fields: fields)
            }
            #expect(error?.kind == .config, comment)
            #expect(transport.requests.isEmpty, comment)
            return
        }
        _ = try await client.send(operation, fields: fields)
        let sent = try #require(transport.requests.first)
        #expect(sent.method == request["method"] as? String, comment)
        #expect(sent.url == request["url"] as? String, comment)
        let headers = request["headers"] as? [String: String]
        #expect(sent.headers["content-type"] == headers?["content-type"], comment)
        var body = try decoded(sent)
        var wanted = (request["body"] as? [String: Any] ?? [:]).mapValues { "\($0)" }
        if let recorded = wanted.removeValue(forKey: "client_assertion") {
            let assertion = body.removeValue(forKey: "client_assertion")
            let claims = try self.claims(of: #require(assertion, comment))
            #expect(claims["iss"] == "cid" && claims["sub"] == "cid", comment)
            #expect(recorded.contains("\"aud\":\"\(claims["aud"] ?? "")\""), comment)
        }
        #expect(body == wanted, comment)
    }

    private func claims(of token: String) throws -> [String: String] {
        let part = token.split(separator: ".")[1].replacing("-", with: "+").replacing("_", with: "/")
        let padded = part + String(repeating: "=", count: (4 - part.count % 4) % 4)
        let object = try JSONSerialization.jsonObject(with: try #require(Data(base64Encoded: String(padded))))
        return try #require(object as? [String: Any]).mapValues { "\($0)" }
    }

    private func value(_ value: Any) throws -> FormValue {
        if let text = value as? String { return .string(text) }
        return .json(Array(try JSONSerialization.data(withJSONObject: value)))
    }

    private func decoded(_ request: APIRequest) throws -> [String: String] {
        let body = request.body ?? []
        if request.headers["content-type"] == "application/json" {
            let object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
            return try #require(object).mapValues { "\($0)" }
        }
        let pairs = String(decoding: body, as: UTF8.self).split(separator: "&").map { pair in
            pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                $0.replacing("+", with: " ").removingPercentEncoding ?? ""
            }
        }
        return Dictionary(pairs.map { ($0[0], $0[1]) }) { $1 }
    }
}
