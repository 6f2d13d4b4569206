// How long things are fuzzed: a fixed short list of seeds in every test run, random ones for LUATH_FUZZ_SECONDS seconds
// when that is set, and one alone with LUATH_FUZZ_SEED.

import Foundation
import Testing

enum Fuzzing {
    private static let environment = ProcessInfo.processInfo.environment
    private static let mostProblems = 20

    /// Calls `body` with one seed after the other and expects no problems. Each kind of problem is shown once, with its
    /// seed.
    ///
    /// The seed at hand is in the file `luath-fuzz-NAME` of the temporary folder, for when the process crashes.
    ///
    /// - Parameters:
    ///   - name: the test's.
    ///   - count: how many seeds a normal test run takes.
    static func run(_ name: String, seeds count: UInt64, _ body: (UInt64) async throws -> [String]) async throws {
        let alone = environment["LUATH_FUZZ_SEED"].flatMap { UInt64($0) }
        let seconds = alone == nil ? environment["LUATH_FUZZ_SECONDS"].flatMap { Double($0) } : nil
        let note = FileManager.default.temporaryDirectory.appending(path: "luath-fuzz-\(name)")
        let end = ContinuousClock.now + .seconds(seconds ?? 0),
            first = seconds == nil ? 1 : UInt64.random(in: 1...(1 << 48))
        var seed = alone ?? first, seen: Set<String> = []
        repeat {
            try Data("\(seed)\n".utf8).write(to: note)
            let problems: [String]
            do { problems = try await body(seed) } catch { problems = ["\(error)"] }
            for problem in problems where seen.insert(String(problem.filter { !$0.isNumber }.prefix(50))).inserted {
                Issue.record("\(problem.prefix(500))\nagain: LUATH_FUZZ_SEED=\(seed) swift test --filter \(name)")
            }
            seed += 1
        } while seen.count < mostProblems
            && (seconds == nil ? alone == nil && seed <= count : ContinuousClock.now < end)
        if seconds != nil { print("\(name): \(seed - first) seeds from \(first)") }
    }
}
