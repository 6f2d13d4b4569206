// Peak memory of the command while users stream by: patched one by one, and walked over in great number.

import Foundation

enum MemoryBench {
    static let patch = """
        local auth0, tasks = require "auth0", require "tasks"
        local done = tasks.map(auth0.all_users(), function(user)
          return auth0.management.users.update(user.user_id, { nickname = "bench" }).nickname
        end, { concurrency = 10 })
        assert(#done == 10000, #done)
        """
    static let walk = """
        local count = 0
        for user in require("auth0").all_users() do count = count + 1 end
        assert(count == 200000, count)
        """

    static func run() async throws {
        let empty = try Child.run([luath, "run", "-e", ""])
        try measure("10,000 users listed and patched", users: 10_000, patch, empty, goal: "≤ 40 MiB")
        try measure("200,000 users walked over", users: 200_000, walk, empty, goal: "flat")
    }

    private static func measure(
        _ name: String, users: Int, _ script: String, _ empty: Child, goal: String
    ) throws {
        let server = try Server.start(users: users)
        defer { server.stop() }
        let work = try Child.run([luath, "run", "-e", script], environment: server.environment)
        guard work.status == 0 else { return print("memory: the script failed (\(name))") }
        func text(_ bytes: Int) -> String { "\(bytes >> 20) MiB" }
        Report.line(
            name, "\(text(work.peakBytes)), \(Int(work.wall.seconds * 10) / 10) s",
            floor: "luath run -e '' \(text(empty.peakBytes))", ratio: Double(work.peakBytes) / Double(empty.peakBytes),
            goal: goal)
    }
}
