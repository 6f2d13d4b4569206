// Management requests and answers as the official SDK was seen to make them, read from a folder outside the project and
// made again by a Lua script.

import Auth0API
import Foundation
import LuaHost
import Testing

@Suite struct RecordedCasesTests {
    private static let script = """
        local case = require("json").decode((...))
        local operation = require("auth0").management
        for part in case.operation:gmatch("[^.]+") do operation = operation[part] end
        local ok, result = pcall(operation, table.unpack(case.args))
        local json = require "json"
        if not ok then
          print("error", result.name, result.status_code, json.encode(result.body))
        elseif case.page then
          local same = result.total == nil or case.responseBody.total == result.total
          print("page", json.encode(result.data) == json.encode(case.responseBody[case.page.listKey]), same)
        elseif result == nil then
          print("nothing")
        else
          print("result", json.encode(result) == json.encode(case.responseBody))
        end
        """

    @Test func sendsWhatTheOfficialSDKSends() async throws {
        guard let folder = ProcessInfo.processInfo.environment["LUATH_CASES"], !folder.isEmpty else {
            print("skipped: LUATH_CASES names no folder of recorded cases")
            return
        }
        let text = try String(contentsOfFile: "\(folder)/management-cases.ndjson", encoding: .utf8)
        var count = 0
        for line in text.split(separator: "\n") {
            try await check(String(line))
            count += 1
        }
        #expect(count > 100)
    }

    private func check(_ line: String) async throws {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let name = object["operation"] as? String ?? "", comment = Comment(rawValue: "\(line.prefix(300))")
        let status = object["status"] as? Int ?? 200
        let answer = try (object["responseBody"]).map {
            try JSONSerialization.data(withJSONObject: $0, options: [.fragmentsAllowed])
        }
        let transport = ScriptedTransport { request, _ in
            APIResponse(
                status: status, headers: Headers([("content-type", "application/json")]), body: Array(answer ?? Data()),
                url: request.url)
        }
        let lines: [String]
        do { lines = try await run(Self.script, transport, arguments: [line]) } catch {
            Issue.record(error, comment)
            return
        }
        let request = try #require(transport.requests.first, comment)
        #expect(request.method == object["method"] as? String, comment)
        let parts = request.url.split(separator: "?", maxSplits: 1).map(String.init)
        #expect(parts[0] == "https://tenant.auth0.com/api/v2\(object["path"] as? String ?? "")", comment)
        #expect(try Self.same(request.body, object["requestBody"]), comment)
        if let given = (object["args"] as? [Any])?.last as? [String: Any], object["query"] != nil {
            let sent = (parts.count > 1 ? parts[1] : "").split(separator: "&").map(String.init)
            let wanted = (object["query"] as? String ?? "").split(separator: "&").map(String.init)
            for pair in wanted where given.keys.contains(where: { pair.hasPrefix("\($0)=") }) {
                #expect(sent.contains(pair), comment)
            }
        }
        let expected: String
        if let error = object["error"] as? String {
            expected = "error\t\(error)\t\(status)\t"
        } else if object["page"] != nil {
            expected = "page\ttrue\ttrue"
        } else {
            expected = object["expectResult"] as? String == "undefined" ? "nothing" : "result\ttrue"
        }
        #expect(lines.first?.hasPrefix(expected) == true, "\(name): \(lines)")
    }

    private static func same(_ body: [UInt8]?, _ wanted: Any?) throws -> Bool {
        guard let body, let wanted else { return body == nil && wanted == nil }
        let sent = try JSONSerialization.jsonObject(with: Data(body), options: [.fragmentsAllowed])
        func text(_ value: Any) throws -> Data {
            try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed])
        }
        return try text(sent) == text(wanted)
    }
}
