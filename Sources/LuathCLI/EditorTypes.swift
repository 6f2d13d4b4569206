// Everything that an editor can know about scripts, as LuaCATS definitions: the modules by hand, the rest from the
// catalog.

import Auth0API
import CCatalog

/// The definitions, as files that lua-language-server finds.
enum EditorTypes {
    struct File {
        /// Relative to the folder of the types: `auth0.lua`, `auth0/management.lua`. A module's file has its name.
        let path: String
        let text: String
    }

    /// The first words of every file, which tell a file that may be replaced from one that somebody wrote.
    static let mark = "-- Written by `luath types`"

    static let files: [File] = modules + derived

    /// All definitions as one text that gives back the module `auth0`; of the other modules it has the classes.
    static var text: String {
        let isMain: (File) -> Bool = { $0.path == "auth0.lua" }
        let others = files.filter { !isMain($0) }.map { "do\n\(bare($0))end\n" }
        let main = files.filter(isMain).map { bare($0) + "\nreturn auth0\n" }
        return "---@meta auth0\n\(mark) \(LuathVersion.text).\n\n" + (others + main).joined(separator: "\n")
    }

    /// Without the lines that only a file of its own can have.
    private static func bare(_ file: File) -> String {
        file.text.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("---@meta") && !$0.hasPrefix("return ") && !$0.hasPrefix(mark) }
            .joined(separator: "\n")
    }

    private static var modules: [File] {
        (0..<luath_types_count()).map { position in
            let bytes = UnsafeBufferPointer(start: luath_types_source(position), count: luath_types_length(position))
            let text = String(decoding: bytes, as: UTF8.self)
            return File(path: "\(String(cString: luath_types_name(position))).lua", text: marked(text))
        }
    }

    private static var derived: [File] {
        let apis = API.allCases.map { OperationTypes($0) }
        return apis.map { file("auth0/\($0.api.rawValue).lua", $0.functions) }
            + [
                file("auth0/requests.lua", apis.map(\.requests).joined(separator: "\n")),
                file("auth0/pages.lua", PageTypes.text),
            ] + shapes
    }

    /// In several files: lua-language-server leaves out files of more than 500 kB.
    private static var shapes: [File] {
        let names = Catalog.shared.shapeNames, size = 600
        return stride(from: 0, to: names.count, by: size).map { start in
            let texts = names[start..<min(start + size, names.count)].compactMap { Catalog.shared.shape($0) }
                .map { LuaCATSClass.text(of: $0) }
            return file("auth0/shapes-\(start / size + 1).lua", texts.joined(separator: "\n"))
        }
    }

    /// A file that no script can require.
    private static func file(_ path: String, _ text: String) -> File {
        File(path: path, text: marked("---@meta _\n\n" + text))
    }

    private static func marked(_ text: String) -> String { "\(mark) \(LuathVersion.text).\n\(text)" }
}
