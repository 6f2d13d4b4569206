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
        var checked = 0
        for line in text.split(separator: "\n") {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            guard let mode = object["mode"] as? String, mode != "mtls", let name = object["operation"] as? String,
                let arguments = object["args"] as? [Any],
                let operation = Catalog.shared.operation(name, in: .authentication)
            else { continue }
            let request = object["request"] as? [String: Any]
            // Where the SDK refuses and the catalog knows that a public client may call, ours sends.
            if request == nil, !(operation.clientAuthentication?.isRequired ?? false) { continue }
            try await check(operation, mode, arguments.first as? [String: Any] ?? [:], request)
            checked += 1
        }
        #expect(checked > 10)
    }

    private func check(
        _ operation: Auth0API.Operation, _ mode: String, _ arguments: [String: Any], _ request: [String: Any]?
    ) async throws {
        let transport = RecordingTransport { _, _ in .json(200) }
        var options = ClientOptions()
        options.transport = transport
        let credential: ClientCredential? =
            switch mode {
            case "secret": .secret(Secret("sec"))
            case "assertion": .privateKey(SigningKey(pem: Secret(try TestKeys.rsa.get())))
            default: nil
            }
        let client = try AuthenticationClient(
            domain: "tenant.auth0.com", clientID: "cid", credential: credential, options: options)
        let fields = try arguments.map { (name: $0.key, value: try value($0.value)) }
        guard let request else {
            let comment = Comment(rawValue: "\(operation.name) without credentials")
            await #expect(throws: APIError.self, comment) { try await client.send(operation, fields: fields) }
            return
        }
        _ = try await client.send(operation, fields: fields)
        let sent = try #require(transport.requests.first)
        #expect(sent.method == request["method"] as? String)
        #expect(sent.url == request["url"] as? String)
        var body = try decoded(sent)
        var wanted = (request["body"] as? [String: Any] ?? [:]).mapValues { "\($0)" }
        if mode == "assertion", wanted["client_assertion"] != nil {
            #expect(body["client_assertion"]?.split(separator: ".").count == 3)
            body["client_assertion"] = nil
            wanted["client_assertion"] = nil
        }
        #expect(body == wanted, "\(operation.name) as \(mode)")
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
