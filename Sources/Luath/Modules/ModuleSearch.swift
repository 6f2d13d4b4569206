// Where `require` finds a script's own modules: beside the script, then in `lua_modules`.

import LuaHost

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct ModuleSearch: Sendable {
    let directory: String?

    /// The text and path of a module.
    ///
    /// - Throws: `LuaError` that lists where it was looked for.
    func find(_ name: String) throws(LuaError) -> (source: [UInt8], path: String) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        let isPlain = !parts.isEmpty && parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { $0 == 0x5F || $0 == 0x2D || Character(Unicode.Scalar($0)).isLetter || Character(Unicode.Scalar($0)).isNumber }
        }
        guard isPlain else {
            throw LuaError.argument(
                "'\(name)' is no module name", hint: "a module name is words with dots between them, such as lib.users")
        }
        guard let directory else { throw LuaError.argument("module '\(name)' not found") }
        let path = parts.joined(separator: "/")
        let places = [directory, "\(directory)/lua_modules"].flatMap { ["\($0)/\(path).lua", "\($0)/\(path)/init.lua"] }
        for place in places {
            if let data = try? Data(contentsOf: URL(filePath: place)) { return (Array(data), place) }
        }
        throw LuaError.argument("module '\(name)' not found", hint: "looked for \(places.joined(separator: ", "))")
    }
}
