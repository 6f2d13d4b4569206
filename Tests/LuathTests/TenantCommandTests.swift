// `luath tenant` in one process, scripts against it from another, as in README.

import Foundation
import Testing

@Suite struct TenantCommandTests {
    @Test func servesOtherProcessesUntilItIsInterrupted() async throws {
        let server = Process(), output = Pipe()
        server.executableURL = Command.executable
        server.arguments = ["tenant", "--port", "0"]
        server.environment = Command.base
        server.standardOutput = output
        try server.run()
        defer { server.terminate() }
        var text = ""
        while text.split(separator: "\n").count < 3 || !text.hasSuffix("\n") {
            let data = output.fileHandleForReading.availableData
            if data.isEmpty { break }
            text += String(decoding: data, as: UTF8.self)
        }
        let environment = Dictionary(
            uniqueKeysWithValues: text.split(separator: "\n").map { line in
                let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
                return (parts[0], parts[1])
            })
        #expect(environment.keys.sorted() == ["AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET", "AUTH0_DOMAIN"])

        let renamed = try await Command.luath(
            "run", "rename-clients", "--match", "^test-", "--replace", "qa-", environment: environment)
        #expect(renamed.status == 0, "\(renamed.errors)")
        #expect(renamed.output.contains(" -> qa-"))
        let names = try await Command.luath(
            "run", "-e",
            "for c in require('auth0').management.clients.list { per_page = 7 } do print(c.name) end",
            environment: environment)
        #expect(names.lines.contains { $0.hasPrefix("qa-") })
        #expect(!names.lines.contains { $0.hasPrefix("test-") })

        let wrong = try await Command.luath(
            "run", "-e", "require('auth0').management.clients.list()",
            environment: environment.merging(["AUTH0_CLIENT_SECRET": "canary-secret"]) { $1 })
        #expect(wrong.status == 3)
        #expect(wrong.errors.contains("401") && !wrong.errors.contains("canary-secret"), "\(wrong.errors)")

        server.interrupt()
        server.waitUntilExit()
        #expect(server.terminationStatus == 130)
    }

    @Test func ctrlCEndsARunInOrder() async throws {
        try await withFolder { folder in
            let process = Process(), output = Pipe(), mark = folder.appending(path: "started").path
            process.executableURL = Command.executable
            process.arguments = [
                "run", "--allow-write", folder.path, "-e",
                """
                local c <close> = setmetatable({}, { __close = function() print("closed") end })
                require("fs").write("\(mark)", "")
                require("tasks").sleep(3600)
                """,
            ]
            process.environment = Command.base
            process.standardOutput = output
            process.standardError = Pipe()
            try process.run()
            while !FileManager.default.fileExists(atPath: mark) { await Task.yield() }
            process.interrupt()
            process.waitUntilExit()
            #expect(process.terminationStatus == 130)
            #expect(String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) == "closed\n")
        }
    }
}
