// What this process holds, to see that runs leave nothing behind.

import Foundation

struct Usage {
    let threads: Int
    let descriptors: Int
    let residentBytes: Int

    /// Zeros where the system has no `/proc`.
    static var now: Usage {
        func entries(_ folder: String) -> Int {
            (try? FileManager.default.contentsOfDirectory(atPath: folder))?.count ?? 0
        }
        let memory = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let pages = memory.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return Usage(
            threads: entries("/proc/self/task"), descriptors: entries("/proc/self/fd"), residentBytes: pages * 4096)
    }
}
