// `luath init`: a project that runs at once, and nothing of the reader's own lost.

import Foundation
import Testing

@Suite struct InitCommandTests {
    private func read(_ folder: URL, _ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    @Test func writesAProjectThatRuns() async throws {
        try await withFolder { folder in
            let project = folder.appending(path: "new/project")
            let result = try await Command.luath("init", project.path)
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.lines.last == "next: luath run --demo \(project.path)/main.lua")
            #expect(result.errors.isEmpty)
            let run = try await Command.luath("run", "--demo", "\(project.path)/main.lua")
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.lines.last?.hasSuffix(" applications") == true)
            #expect(run.lines.count > 10)

            let settings = try JSONSerialization.jsonObject(
                with: Data(contentsOf: project.appending(path: ".luarc.json")))
            let library = try #require((settings as? [String: Any])?["workspace.library"] as? [String])
            for path in library { #expect(FileManager.default.fileExists(atPath: "\(project.path)/\(path)/auth0.lua")) }
            #expect(try read(project, ".gitignore").contains("*.env\n"))
        }
    }

    @Test func theExampleOfSettingsIsAnEnvFileWithoutSecrets() async throws {
        try await withFolder { folder in
            _ = try await Command.luath("init", folder.path)
            let file = folder.appending(path: "tenant.env.example").path
            let run = try await Command.luath("run", "--env-file", file, "-e", "print(1)")
            #expect(run.lines == ["1"])
            let call = try await Command.luath(
                "run", "--env-file", file, "-e", "require('auth0').management.clients.list()")
            #expect(call.status == 3)
        }
    }

    @Test func keepsWhatIsThereAndRenewsTheTypes() async throws {
        try await withFolder { folder in
            try "print(1)\n".write(to: folder.appending(path: "main.lua"), atomically: true, encoding: .utf8)
            let first = try await Command.luath("init", folder.path)
            #expect(first.status == 0)
            #expect(first.errors == "kept what was there: main.lua\n")
            #expect(try read(folder, "main.lua") == "print(1)\n")
            let types = folder.appending(path: "types/auth0.lua")
            let text = try read(folder, "types/auth0.lua")
            try (text + "-- old\n").write(to: types, atomically: true, encoding: .utf8)
            let second = try await Command.luath("init", folder.path)
            #expect(second.lines.first == "wrote types")
            #expect(try read(folder, "types/auth0.lua") == text)
        }
    }

    @Test func writesNothingBesideTypesOfSomebodyElse() async throws {
        try await withFolder { folder in
            let types = folder.appending(path: "types")
            try FileManager.default.createDirectory(at: types, withIntermediateDirectories: true)
            try "return 1\n".write(to: types.appending(path: "json.lua"), atomically: true, encoding: .utf8)
            let result = try await Command.luath("init", folder.path)
            #expect(result.status == 1)
            #expect(result.errors.contains("types/json.lua"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["types"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: types.path) == ["json.lua"])
        }
    }

    @Test func saysWhyAFolderCannotBeMade() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "file")
            try "x".write(to: file, atomically: true, encoding: .utf8)
            let result = try await Command.luath("init", file.path)
            #expect(result.status == 1)
            #expect(result.errors.contains(file.path))
        }
    }
}
