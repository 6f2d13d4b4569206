// `luath types`: definitions for editors.

import ArgumentParser
import Luath

struct TypesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "types",
        abstract: "Print type definitions for editors.",
        discussion: """
            LuaCATS annotations, as lua-language-server and EmmyLua read them: every \
            operation with its arguments and results, errors, modules. An editor then \
            completes names, shows scopes and finds misspelt ones.

            With --directory they are written as files, one for a module, of which \
            require "auth0" finds its own; files from an earlier time are replaced. \
            Otherwise all are printed as one text. luath init sets up a whole project.

            Examples:
              luath types --directory types
              luath types | grep -A 12 'function users.list('
            """)

    @Option(help: ArgumentHelp("Write files into this folder.", valueName: "path"))
    var directory: String?

    func validate() throws {
        if directory?.isEmpty == true { throw ValidationError("--directory is empty") }
    }

    func run() throws {
        guard let directory else { return StandardOutput.write(EditorTypes.text) }
        do { try TypesFolder(path: directory).write() } catch let error as TypesFolder.InUse {
            StandardError.write("luath: '\(error.path)' is not a file of luath types (choose another folder)")
            throw ExitStatus.script.end
        } catch {
            StandardError.write("luath: the types cannot be written to '\(directory)': \(error.localizedDescription)")
            throw ExitStatus.script.end
        }
    }
}
