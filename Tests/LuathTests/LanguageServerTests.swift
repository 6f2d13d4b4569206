// The definitions in the hands of lua-language-server, where it is installed.

import Foundation
import Testing

@Suite struct LanguageServerTests {
    static let server = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/lua-language-server" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    @Test(.enabled(if: server != nil, "lua-language-server is not installed"))
    func findsMisspeltNamesAndNothingElse() async throws {
        try await withFolder { folder in
            #expect(try await Command.luath("init", "\(folder.path)/project").status == 0)
            func write(_ name: String, _ text: String) throws {
                try text.write(to: folder.appending(path: "project/\(name)"), atomically: true, encoding: .utf8)
            }
            try write(
                "right.lua",
                """
                local management = require("auth0").management
                for user in management.users.list { q = "email:*", per_page = 10 } do
                  local changed, response = management.users.update(user.user_id, { nickname = "x" }, { timeout = "5m" })
                  print(changed.nickname, response.status)
                end
                local page = management.clients.list { app_type = "spa" }
                print(page.total, page:has_next_page(), page.data[1].name)
                management.clients.delete(page.data[1].client_id)
                print(require("json").encode({ 1 }, { indent = 2 }))
                """)
            try write("wrong.lua", #"print(require("auth0").management.users.lisst { per_page = 10 })"#)
            let process = Process()
            process.executableURL = URL(filePath: try #require(Self.server))
            process.arguments = [
                "--check=\(folder.path)/project", "--checklevel=Warning", "--logpath=\(folder.path)/log",
            ]
            process.standardOutput = Pipe()
            try process.run()
            process.waitUntilExit()
            let report = try Data(contentsOf: folder.appending(path: "log/check.json"))
            let found = try #require(try JSONSerialization.jsonObject(with: report) as? [String: Any])
            #expect(found.keys.map { URL(filePath: $0).lastPathComponent } == ["wrong.lua"], "\(found)")
        }
    }
}
