// One line a figure: what, how much, the floor it is held against, the ratio, the goal.

import Foundation

enum Report {
    static func line(_ what: String, _ value: String, floor: String, ratio: Double?, goal: String) {
        let parts = [
            what.padding(toLength: 34, withPad: " ", startingAt: 0),
            value.padding(toLength: 26, withPad: " ", startingAt: 0),
            floor.padding(toLength: 40, withPad: " ", startingAt: 0),
            (ratio.map { String(format: "%.2f ×", $0) } ?? "").padding(toLength: 9, withPad: " ", startingAt: 0), goal,
        ]
        print(parts.joined(separator: " "))
        fflushStandardOutput()
    }
}

func fflushStandardOutput() { fflush(nil) }

/// User and system time of this process, in seconds.
func processSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

/// The best of several runs: noise only ever adds.
func best(of runs: Int, _ body: () async throws -> Duration) async rethrows -> Duration {
    var least = try await body()
    for _ in 1..<runs { least = min(least, try await body()) }
    return least
}
