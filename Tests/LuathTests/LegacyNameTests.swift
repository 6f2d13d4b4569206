// Calls under old names: every name sends the verb and path of its operation, with arguments in the form of its time.

import Auth0API
import Auth0Client
import Foundation
import LuaHost
import Luath
import Testing

/// A run with an application, so that the Authentication API can be called.
private func runSigned(_ source: String, _ transport: ScriptedTransport, arguments: [String] = []) async throws
    -> [String]
{
    try await run(source, transport, arguments: arguments) { host in
        host.tenant = {
            TenantSettings(
                domain: "tenant.auth0.com", credentials: .token(Secret("tok")), clientID: "app",
                authentication: .secret(Secret("shh")))
        }
    }
}

@Suite struct LegacyNameTests {
    /// One generated call: what is passed, and what must go out.
    private struct Example {
        let call: [String: Any]
        let method: String
        let url: String
        let hasBody: Bool
    }

    private static func examples(_ generation: Generation, _ api: API) throws -> [Example] {
        let catalog = LegacyCatalog.shared
        return try catalog.names(generation, api).flatMap { written -> [Example] in
            let name = try #require(catalog.name(written, generation, api))
            // Uploads are sent by the operation itself, in parts.
            if name.operation?.body?.encoding == .multipart { return [] }
            let single = name.operation.map { [(values: [String: String](), operation: $0)] } ?? []
            return try (single + name.cases.map { ($0.values, try #require($0.operation)) }).map {
                example(name, $0.values, $0.operation)
            }
        }
    }

    private static func example(_ name: LegacyName, _ values: [String: String], _ operation: Auth0API.Operation)
        -> Example
    {
        var params: [String: Any] = operation.api == .management ? values : [:], path = operation.path
        var data: Any = operation.body?.type == .array ? ["x"] : operation.api == .management ? [String: Any]() : values
        for (key, parameter) in zip(name.parameters, operation.pathParameters) {
            params[key] = "a|\(parameter.name)"
            path = path.replacing("{\(parameter.name)}", with: "a%7C\(parameter.name)")
        }
        var query: [String] = []
        for field in operation.query where field.isRequired {
            params[field.name] = "q"
            query.append("\(field.name)=q")
        }
        if operation.api == .authentication, var fields = data as? [String: Any] {
            for field in operation.body?.fields ?? [] where field.isRequired { fields[field.name] = "x" }
            data = fields
        }
        if let key = name.bodyKey { params[key] = data }
        var arguments: [Any] = name.text.map { [params.removeValue(forKey: $0) ?? "text"] } ?? []
        for argument in name.arguments {
            if argument.hasPrefix("params") { arguments.append(params) }
            if argument.hasPrefix("data") { arguments.append(data) }
        }
        let base = operation.api == .management ? "https://tenant.auth0.com/api/v2" : "https://tenant.auth0.com"
        let suffix = query.isEmpty ? "" : "?\(query.joined(separator: "&"))"
        return Example(
            call: [
                "api": name.api.rawValue, "name": name.name, "arguments": arguments,
                "isText": operation.response == "text",
            ],
            method: operation.verb.rawValue, url: base + path + suffix,
            hasBody: operation.sendsEmptyBody || name.bodyKey != nil || name.arguments.contains { $0.hasPrefix("data") }
        )
    }

    @Test(arguments: Generation.allCases) func everyNameSendsTheVerbAndPathOfItsOperation(_ generation: Generation)
        async throws
    {
        let examples = try API.allCases.flatMap { try Self.examples(generation, $0) }
        let calls = try JSONSerialization.data(withJSONObject: examples.map(\.call))
        let transport = ScriptedTransport { _, _ in .json(#"{"a":1}"#) }
        let lines = try await runSigned(
            """
            local auth0 = require "\(generation.module)"
            for _, case in ipairs(require("json").decode((...))) do
              local call = auth0[case.api]
              for part in case.name:gmatch("[^.]+") do call = call[part] end
              local ok, result = pcall(call, table.unpack(case.arguments))
              local data = ok and ("\(generation)" == "v4" and result.data or result)
              if case.isText and ok then data = require("json").decode(data) end
              if not ok or data.a ~= 1 then print(case.name, result) end
            end
            """, transport, arguments: [String(decoding: calls, as: UTF8.self)])
        #expect(lines == [])
        #expect(transport.requests.count == examples.count)
        #expect(examples.count > (generation == .v2 ? 340 : 350))
        for (example, request) in zip(examples, transport.requests) {
            let name = Comment(rawValue: "\(example.call["name"] ?? "")")
            #expect(request.method == example.method, name)
            #expect(request.url == example.url, name)
            #expect((request.body != nil) == example.hasBody, name)
        }
    }

    @Test(arguments: Generation.allCases) func namesThatAreGoneSayWhatToUse(_ generation: Generation) async throws {
        let catalog = LegacyCatalog.shared
        let gone = API.allCases.flatMap { api in
            catalog.names(generation, api).compactMap { catalog.name($0, generation, api) }.filter { $0.instead != nil }
        }
        let calls = try JSONSerialization.data(withJSONObject: gone.map { ["api": $0.api.rawValue, "name": $0.name] })
        let transport = ScriptedTransport { _, _ in .json("{}") }
        let lines = try await runSigned(
            """
            local auth0 = require "\(generation.module)"
            for _, case in ipairs(require("json").decode((...))) do
              local call = auth0[case.api]
              for part in case.name:gmatch("[^.]+") do call = call[part] end
              local ok, e = pcall(call, {}, function() end)
              print(ok, e.name, e.kind, e.operation, e.hint)
            end
            """, transport, arguments: [String(decoding: calls, as: UTF8.self)])
        #expect(
            lines == gone.map { "false\tInvalidArgumentError\targument\t\($0.name)\t\($0.instead ?? "")" })
        #expect(transport.requests.isEmpty)
    }

    /// An import goes the way of today's operation, whatever that does.
    @Test(arguments: [
        #"require("auth0.v2").management.importUsersJob"#, #"require("auth0.v2").management.jobs.importUsers"#,
        #"require("auth0.v4").management.jobs.importUsers"#,
    ]) func anImportIsTodaysImport(call: String) async throws {
        func outcome(_ call: String) async throws -> [String] {
            let transport = ScriptedTransport { _, _ in .json("{}") }
            let lines = try await run(
                #"local ok, e = pcall(\#(call), { users = "[]", connection_id = "con_1" }) print(ok, not ok and e.name)"#,
                transport)
            return lines + transport.requests.map { "\($0.method) \($0.url)" }
        }
        let today = try await outcome(#"require("auth0").management.jobs.users_imports.create"#)
        #expect(try await outcome(call) == today)
    }
}
