// How long a script that does nothing takes, from exec to exit.

enum StartBench {
    static func run() throws {
        func least(_ arguments: [String]) throws -> Duration {
            var least = try Child.run(arguments).wall
            for _ in 0..<60 { least = min(least, try Child.run(arguments).wall) }
            return least
        }
        let ours = try least([luath, "run", "-e", ""]), floor = try least(["lua5.4", "-e", ""])
        func text(_ time: Duration) -> String { "\(Int(time.seconds * 1e6)) µs" }
        Report.line(
            "start of luath run -e ''", text(ours), floor: "lua5.4 -e '' \(text(floor))", ratio: ours / floor,
            goal: "≤ 6 ×")
    }
}
