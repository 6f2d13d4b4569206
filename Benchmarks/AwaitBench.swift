// What it costs to suspend a coroutine, run a Swift task and resume.

import LuaHost

enum AwaitBench {
    static func run() async throws {
        let count = 1_000_000
        func time(_ body: String) async throws -> Duration {
            let runtime = try LuaRuntime { _ in }
            try await runtime.withStack { stack in
                try stack.pushTable(of: [
                    HostFunction("nothing") { _ in .wait { .nothing } },
                    HostFunction("now") { _ in .values(0) },
                ])
                try stack.setGlobal("host")
            }
            let source = Array("local nothing, now = host.nothing, host.now for i = 1, \(count) do \(body) end".utf8)
            return try await ContinuousClock().measure { _ = try await runtime.run(source, chunkName: "=bench") }
        }
        let waiting = try await best(of: 3) { try await time("nothing()") }
        let direct = try await best(of: 3) { try await time("now()") }
        Report.line(
            "await of a no-op host call", "\(nanoseconds(waiting, count)) ns",
            floor: "direct host call \(nanoseconds(direct, count)) ns", ratio: waiting / direct, goal: "≤ 1500 ns")
    }

    private static func nanoseconds(_ time: Duration, _ count: Int) -> Int { Int(time.seconds / Double(count) * 1e9) }
}
