// `luath init`: a project to start from, with an editor that knows the API.

import ArgumentParser
import Luath

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a small project: a script, settings for editors, types.",
        discussion: """
            Writes main.lua, tenant.env.example, .gitignore, .luarc.json and the folder \
            types (as luath types --directory). A file that is already there is kept \
            and named; only the types, which Luath writes, are written anew, so run it \
            again after an update of Luath.

            Examples:
              luath init
              luath init tenant-scripts
            """)

    @Argument(help: "Where; it is made if it is not there. (default: this folder)")
    var directory = "."

    func validate() throws {
        if directory.isEmpty { throw ValidationError("DIRECTORY is empty") }
    }

    func run() throws {
        var kept: [String] = [], written: [String] = []
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            // The types first: they are refused as a whole, and then nothing else was written.
            try TypesFolder(path: place("types")).write()
            for (name, text) in NewProject.files {
                do {
                    try Data(text.utf8).write(to: URL(filePath: place(name)), options: .withoutOverwriting)
                    written.append(name)
                } catch let error as CocoaError where error.code == .fileWriteFileExists {
                    kept.append(name)
                }
            }
        } catch let error as TypesFolder.InUse {
            StandardError.write(
                "luath: '\(error.path)' is not a file of luath types (move it, or choose another folder)")
            throw ExitStatus.script.end
        } catch {
            StandardError.write("luath: the project cannot be written to '\(directory)': \(error.localizedDescription)")
            throw ExitStatus.script.end
        }
        StandardOutput.write("wrote \((written + ["types"]).joined(separator: ", "))\n")
        if !kept.isEmpty { StandardError.write("kept what was there: \(kept.joined(separator: ", "))") }
        StandardOutput.write("next: luath run --demo \(place("main.lua"))\n")
    }

    private func place(_ name: String) -> String {
        if directory == "." { return name }
        return directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
    }
}
