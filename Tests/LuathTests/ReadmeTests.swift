// README promises that its examples work, so they are run as they stand.

import Foundation
import Testing

@Suite struct ReadmeTests {
    static func blocks(_ language: String) -> [String] {
        let text = (try? String(contentsOf: Command.root.appending(path: "README.md"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n```\(language)\n").dropFirst().map {
            String($0.prefix(upTo: $0.range(of: "\n```")?.lowerBound ?? $0.endIndex))
        }
    }

    @Test func hasExamples() {
        #expect(!Self.blocks("lua").isEmpty)
        #expect(!Self.blocks("sh").isEmpty)
    }

    @Test(arguments: blocks("lua")) func luaBlockRuns(code: String) async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "example.lua")
            try code.write(to: file, atomically: true, encoding: .utf8)
            let result = try await Command.luath("run", "--demo", file.path)
            #expect(result.status == 0, "\(result.errors)")
        }
    }

    @Test(arguments: blocks("sh").flatMap { $0.split(separator: "\n").map(String.init) })
    func shellLineRuns(line: String) async throws {
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-ec", line]
        shell.environment = Command.base.merging([
            "PATH": "\(Command.executable.deletingLastPathComponent().path):/usr/bin:/bin"
        ]) { $1 }
        shell.currentDirectoryURL = Command.root
        shell.standardOutput = Pipe()
        shell.standardError = Pipe()
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0, "\(line)")
    }
}
