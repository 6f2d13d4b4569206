// Runs the built command as a process of its own, as a person or a CI job would.

import Foundation

/// What a finished `luath` left behind.
struct Command {
    let status: Int32
    let output: String
    let errors: String
    var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// Runs `luath` with nothing of this machine's settings in its environment.
    static func luath(
        _ arguments: String..., environment: [String: String] = [:], input: String = ""
    ) async throws -> Command {
        try await luath(arguments, environment: environment, input: input)
    }

    static func luath(
        _ arguments: [String], environment: [String: String] = [:], input: String = ""
    ) async throws -> Command {
        let process = Process(), output = Pipe(), errors = Pipe(), standardInput = Pipe()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = base.merging(environment) { $1 }
        process.currentDirectoryURL = root
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = standardInput
        async let outputText = text(output.fileHandleForReading)
        async let errorText = text(errors.fileHandleForReading)
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
                standardInput.fileHandleForWriting.write(Data(input.utf8))
                try standardInput.fileHandleForWriting.close()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        return Command(status: status, output: await outputText, errors: await errorText)
    }

    /// The checkout's folder.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    /// Beside the test bundle.
    static let executable = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "luath")
    static let base = [
        "PATH": "/usr/bin:/bin", "HOME": "/nonexistent",
        "LD_LIBRARY_PATH": ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] ?? "",
    ]

    static func text(_ handle: FileHandle) async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let data = (try? handle.readToEnd()) ?? nil
                continuation.resume(returning: String(decoding: data ?? Data(), as: UTF8.self))
            }
        }
    }
}

/// A folder that is gone after the test.
func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "luath-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}
