// The command `luath`: parses the command line and turns every way to end into an exit status.

import ArgumentParser
import Luath

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@main
enum Main {
    static func main() async {
        // A reader that leaves is an error of a write, wherever it happens, and not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        let status = await status()
        if let failure = StandardOutput.flush() {
            // The reader left: ended by SIGPIPE, as any other program in a pipe.
            if failure == EPIPE {
                signal(SIGPIPE, SIG_DFL)
                raise(SIGPIPE)
            }
            StandardError.write("luath: the output cannot be written: \(String(cString: strerror(failure)))")
            exit(ExitStatus.script.rawValue)
        }
        exit(status)
    }

    private static func status() async -> Int32 {
        // Building the parser of all commands takes longer than a small script, so the command that is run most is
        // parsed on its own.
        let arguments = Array(CommandLine.arguments.dropFirst()), isRun = arguments.first == "run"
        let root: any ParsableCommand.Type = isRun ? RunCommand.self : LuathCommand.self
        do {
            var command = try root.parseAsRoot(isRun ? Array(arguments.dropFirst()) : arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return 0
        } catch let end as ExitStatus.End {
            return end.status
        } catch {
            let message = root.fullMessage(for: error)
            if root.exitCode(for: error) == .success {
                StandardOutput.write(message + "\n")
                return 0
            }
            StandardError.write(message)
            return ExitStatus.usage.rawValue
        }
    }
}

struct LuathCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "luath",
        abstract: "Run small Lua scripts against an Auth0 tenant.",
        discussion: """
            Luath's options come before SCRIPT; everything after it belongs to the script.

            Examples:
              luath run --demo -e 'print(require("auth0").management.clients.list().total)'
              luath run --demo rename-clients --match '^test-' --replace 'qa-'
              luath run --env-file acme.env rename.lua
              luath api update client
              luath tenant --port 8787
            """,
        version: LuathVersion.text,
        subcommands: [
            RunCommand.self, TenantCommand.self, APICommand.self, TypesCommand.self, InitCommand.self,
        ])
}
