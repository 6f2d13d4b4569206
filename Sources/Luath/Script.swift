// A script to run: its text, where it came from, and what it is called with.

import LuaHost

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A script and its arguments.
public struct Script: Sendable {
    /// Lua text.
    public var source: [UInt8]
    /// As errors name it: a path, `stdin`, or the code given on a command line.
    public var name: String
    /// Where `require` looks; nil looks nowhere.
    public var directory: String?
    /// Reach the chunk as `...` and `arg`. Those of a recipe are texts, as on a command line: `["--match", "^test-"]`.
    public var arguments: [LuaValue]

    /// A script in a text: `Script("return #...", arguments: ["abc"])`.
    public init(_ text: String, name: String = "script", directory: String? = nil, arguments: [LuaValue] = []) {
        self.init(source: Array(text.utf8), name: name, directory: directory, arguments: arguments)
    }

    public init(source: [UInt8], name: String, directory: String? = nil, arguments: [LuaValue] = []) {
        self.source = source
        self.name = name
        self.directory = directory
        self.arguments = arguments
    }

    /// A script in a file. Modules are looked for beside it, then in `lua_modules`.
    ///
    /// - Throws: `CocoaError` when the file cannot be read.
    public init(path: String, arguments: [LuaValue] = []) throws {
        let data = try Data(contentsOf: URL(filePath: path))
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        self.init(
            source: Array(data), name: path, directory: folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder,
            arguments: arguments)
    }
}
