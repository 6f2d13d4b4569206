// The system's own Lua interpreter, to compare with.

import Foundation

enum StockLua {
    /// Messages differ between patch releases; ours are those of this one.
    static let isThere = (try? output(of: ["-e", "print(_VERSION)"])) != nil && version == "5.4.4"

    private static let version = (try? output(of: ["-v"]))
        .map { String(decoding: $0, as: UTF8.self) }?
        .split(separator: " ").dropFirst().first.map(String.init)

    /// What the interpreter prints when it is run with these arguments in a folder.
    static func output(of arguments: [String], in folder: URL? = nil) throws -> Data {
        let process = Process(), output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["lua5.4"] + arguments
        if let folder { process.currentDirectoryURL = folder }
        process.standardOutput = output
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(arguments: arguments, printed: printed) }
        return printed
    }

    struct Failure: Error {
        let arguments: [String]
        let printed: Data
    }
}
