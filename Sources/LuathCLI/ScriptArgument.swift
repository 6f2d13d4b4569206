// What SCRIPT stands for: a file, a recipe that ships with Luath, standard input, or code.

import Auth0API
import LuaHost
import Luath

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct ScriptArgument {
    let code: String?
    let rest: [String]

    /// - Throws: the usage status, when there is no such script.
    func script() throws -> Script {
        var script = try found()
        // The first -- only says that what follows is the script's.
        if let dashes = script.arguments.firstIndex(of: "--") { script.arguments.remove(at: dashes) }
        return script
    }

    private func found() throws -> Script {
        let here = "."
        if let code {
            return Script(code, name: "(command line)", directory: here, arguments: rest.map { .string($0) })
        }
        let name = rest[0]
        let arguments = rest.dropFirst().map { LuaValue.string($0) }
        if name == "-" {
            return Script(source: standardInput(), name: "stdin", directory: here, arguments: arguments)
        }
        var status = stat()
        if stat(name, &status) == 0 {
            if status.st_mode & S_IFMT == S_IFDIR {
                StandardError.write("luath: '\(name)' is a folder, not a script")
                throw ExitStatus.usage.end
            }
            do { return try Script(path: name, arguments: arguments) } catch {
                StandardError.write("luath: the script '\(name)' cannot be read: \(String(cString: strerror(errno)))")
                throw ExitStatus.usage.end
            }
        }
        if let source = BuiltInRecipes.source(name) {
            return Script(source: source, name: name, directory: nil, arguments: arguments)
        }
        let near = Spelling.nearest(to: name, among: BuiltInRecipes.names, limit: 1).first
        let advice =
            near.map { "did you mean the recipe '\($0)'?" }
            ?? "recipes are \(BuiltInRecipes.names.joined(separator: ", "))"
        StandardError.write("luath: there is no file and no recipe '\(name)' (\(advice))")
        throw ExitStatus.usage.end
    }

    private func standardInput() -> [UInt8] {
        var source: [UInt8] = [], block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(0, &block, block.count)
            if count <= 0 { return source }
            source += block[..<count]
        }
    }
}
