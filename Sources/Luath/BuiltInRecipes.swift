// The recipes that ship inside the binary.

import CCatalog

/// Recipes found by name.
public enum BuiltInRecipes {
    /// Their names, sorted.
    public static var names: [String] { (0..<luath_recipe_count()).map { String(cString: luath_recipe_name($0)) } }

    /// The Lua text of a recipe, or nil for a name that there is not.
    public static func source(_ name: String) -> [UInt8]? {
        guard let position = names.firstIndex(of: name) else { return nil }
        return Array(UnsafeBufferPointer(start: luath_recipe_source(position), count: luath_recipe_length(position)))
    }
}
