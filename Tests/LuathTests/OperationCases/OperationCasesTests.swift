// Every operation of the catalog is called from Lua, and what arrives at a server on a real socket is what the catalog
// says.

import Auth0API
import Auth0Client
import Foundation
import Luath
import ScriptedServer
import Testing

@Suite struct OperationCasesTests {
    /// Gets the cases as JSON and prints how each went, a line of JSON for each. Empty tables are plain ones: what they
    /// are sent as is the catalog's business.
    private static let script = """
        local auth0, json = require "auth0", require "json"

        local function plain(value)
          if type(value) ~= "table" then return value end
          local copy = {}
          for key, inner in pairs(value) do copy[key] = plain(inner) end
          return copy
        end

        local function call(case)
          local operation = auth0[case.api]
          for part in case.operation:gmatch "[^.]+" do operation = operation[part] end
          local result, response = operation(table.unpack(plain(case.arguments)))
          if case.isStream then for event in result do result = event break end end
          if case.listKey then result = { [case.listKey] = result.data, total = result.total } end
          return result, response
        end

        for _, case in ipairs(json.decode((...))) do
          local ok, result, response = pcall(call, case)
          if ok then
            print(json.encode { result = result, status = response and response.status })
          else
            -- Each case has its own answer, so a case that sent nothing leaves its answer to another call.
            if case.isSent and (result.attempts or 0) == 0 then pcall(auth0.management.tenants.settings.get) end
            print(json.encode { problem = tostring(result) })
          end
        end
        """

    private struct Outcome: Decodable {
        var problem: String?
        var result: Value?
        var status: Int?
    }

    @Test func everyOperationIsSentAsTheCatalogSays() async throws {
        let operations = API.allCases.flatMap { Catalog.shared.operations(in: $0) }
        // A stream may be asked for again, so it comes when nothing follows.
        let sent = operations.filter { !$0.buildsURL && !$0.isEventStream } + operations.filter(\.isEventStream)
        let built = operations.filter(\.buildsURL)
        let answered = sent.flatMap { OperationCase.all(of: $0, origin: "") }
        try await ScriptedServer.with(
            answers: { number, _ in number < answered.count ? [.send(answered[number].answer(number))] : [.close] }
        ) { server in
            let origin = "http://127.0.0.1:\(server.port)"
            let cases = (built + sent).flatMap { OperationCase.all(of: $0, origin: origin) }
            let outcomes = try await Self.call(cases, origin)
            let requests = server.requests.map { RecordedRequest($0) }
            #expect(outcomes.count == cases.count)
            #expect(requests.count >= answered.count)
            let urls = cases.count - answered.count
            for (index, (sample, outcome)) in zip(cases, outcomes).enumerated() {
                let problems =
                    index < urls
                    ? sample.mismatches(url: outcome.result, origin)
                    : sample.mismatches(requests.dropFirst(index - urls).first)
                        + sample.mismatches(result: outcome.result, status: outcome.status, number: index - urls)
                for problem in [outcome.problem].compactMap({ $0 }) + problems {
                    Issue.record("\(sample.operation.name) (\(sample.kind)): \(problem)")
                }
            }
            let covered = Set(cases.map { "\($0.operation.api.rawValue).\($0.operation.name)" })
            let all = API.allCases.flatMap { api in Catalog.shared.names(in: api).map { "\(api.rawValue).\($0)" } }
            #expect(all.filter { !covered.contains($0) }.isEmpty, "operations without a case")
            #expect(covered.subtracting(all).isEmpty, "cases without an operation")
            print("\(cases.count) cases of \(covered.count) operations, and none without a case")
        }
    }

    @Test func noPathPartMayBeEmptyOrClimb() async throws {
        let operations = API.allCases.flatMap { Catalog.shared.operations(in: $0) }
        let cases = operations.flatMap { operation in
            operation.pathParameters.indices.flatMap { position in
                ["", ".", ".."].map { bad in
                    let path = operation.pathParameters.enumerated().map {
                        $0 == position ? bad : $1.values?.first ?? "id"
                    }
                    return OperationCase(operation, "'\(bad)'", path: path, request: nil, origin: "")
                }
            }
        }
        #expect(cases.count > 900)
        try await ScriptedServer.with(answers: { _, _ in [.close] }) { server in
            let outcomes = try await Self.call(cases, "http://127.0.0.1:\(server.port)", isSent: false)
            for (sample, outcome) in zip(cases, outcomes) {
                let isRefused = outcome.problem?.hasPrefix("InvalidArgumentError") ?? false
                #expect(isRefused, "\(sample.operation.name) takes \(sample.kind) in its path")
            }
            #expect(outcomes.count == cases.count)
            #expect(server.connections == 0)
        }
    }

    private static func call(
        _ cases: [OperationCase], _ origin: String, isSent: Bool = true
    ) async throws -> [Outcome] {
        let input = Value.array(
            cases.map { sample in
                let operation = sample.operation
                var fields: [String: Value] = [
                    "api": .string(operation.api.rawValue), "operation": .string(operation.name),
                    "arguments": .array(sample.arguments), "isSent": .boolean(isSent && !operation.buildsURL),
                    "isStream": .boolean(operation.isEventStream),
                ]
                if let key = operation.paging?.listKey { fields["listKey"] = .string(key) }
                return .object(fields)
            })
        var settings = TenantSettings(
            domain: origin, credentials: .token(Secret("tok")), clientID: "cid",
            authentication: .secret(Secret("sec")))
        settings.customDomain = OperationCase.customDomain
        let printed = Printed()
        var host = ScriptHost(tenant: settings)
        host.options.retry.maxRetries = 0
        host.permissions.allowsDelete = true
        host.print = { printed.write($0) }
        try await host.run(Script(source: Array(script.utf8), name: "cases", arguments: [.string(input.json)]))
        return try printed.lines.map { try JSONDecoder().decode(Outcome.self, from: Data($0.utf8)) }
    }
}
