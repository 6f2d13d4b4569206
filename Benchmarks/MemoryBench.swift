// Peak memory of the command while it lists 10,000 users, in slices below Auth0's cap, and patches each.

import Foundation

enum MemoryBench {
    static let script = """
        local management, tasks = require("auth0").management, require "tasks"
        local count = 0
        for first in ("0123456789abcdef"):gmatch "." do
          for second in ("0123456789abcdef"):gmatch "." do
            local page = management.users.list { q = "user_id:auth0|" .. first .. second .. "*" }
            tasks.map(page, function(user)
              management.users.update(user.user_id, { nickname = "bench" })
              count = count + 1
            end, { concurrency = 10 })
          end
        end
        print(count)
        """

    static func run() async throws {
        let server = try Server.start(users: 10_000)
        defer { server.stop() }
        let empty = try Child.run([luath, "run", "-e", ""]),
            work = try Child.run(
                [luath, "run", "-e", script], environment: server.environment)
        guard work.status == 0 else { return print("memory: the script failed") }
        func text(_ bytes: Int) -> String { "\(bytes >> 20) MiB" }
        Report.line(
            "10,000 users listed and patched", "\(text(work.peakBytes)), \(Int(work.wall.seconds * 10) / 10) s",
            floor: "luath run -e '' \(text(empty.peakBytes))", ratio: Double(work.peakBytes) / Double(empty.peakBytes),
            goal: "≤ 40 MiB")
    }
}
