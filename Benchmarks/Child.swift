// Child processes with their own time and memory, which Foundation's Process does not give.

import Foundation

struct Child {
    let status: Int32
    let wall: Duration
    let peakBytes: Int

    /// Runs a program to its end with its output thrown away.
    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Child {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }.map { "\($0)=\($1)" }
        var argv = arguments.map { strdup($0) } + [nil], envp = variables.map { strdup($0) } + [nil]
        defer { for text in argv + envp { free(text) } }
        var pid = pid_t()
        let clock = ContinuousClock(), start = clock.now
        guard posix_spawnp(&pid, arguments[0], &actions, nil, &argv, &envp) == 0 else {
            throw CocoaError(.fileNoSuchFile)
        }
        var status: Int32 = 0
        var usage = rusage()
        wait4(pid, &status, 0, &usage)
        return Child(status: status, wall: clock.now - start, peakBytes: usage.ru_maxrss * 1024)
    }
}

/// A demo tenant in a process of its own.
struct Server {
    let environment: [String: String]
    private let process: Process

    static func start(users: Int) throws -> Server {
        let process = Process(), output = Pipe()
        process.executableURL = URL(filePath: CommandLine.arguments[0])
        process.arguments = ["--serve", "\(users)"]
        process.standardOutput = output
        try process.run()
        var text = ""
        while text.split(separator: "\n").count < 3 {
            let data = output.fileHandleForReading.availableData
            if data.isEmpty { throw CocoaError(.fileReadUnknown) }
            text += String(decoding: data, as: UTF8.self)
        }
        let pairs = text.split(separator: "\n").map { line in
            let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
            return (parts[0], parts[1])
        }
        return Server(environment: Dictionary(uniqueKeysWithValues: pairs), process: process)
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}

/// The `luath` built beside this program.
let luath = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "luath").path
