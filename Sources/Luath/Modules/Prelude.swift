// The Lua parts of Luath's modules, as the binary carries them.

import CCatalog

enum Prelude {
    /// Of a module that is all functions in Swift.
    static let plain = Array("return select(2, ...)".utf8)
    static var main: [UInt8] { bytes(luath_prelude_main(), luath_prelude_main_length()) }
    static var auth0: [UInt8] { bytes(luath_prelude_auth0(), luath_prelude_auth0_length()) }
    static var fs: [UInt8] { bytes(luath_prelude_fs(), luath_prelude_fs_length()) }
    static var events: [UInt8] { bytes(luath_prelude_events(), luath_prelude_events_length()) }
    static var allUsers: [UInt8] { bytes(luath_prelude_all_users(), luath_prelude_all_users_length()) }
    static var page: [UInt8] { bytes(luath_prelude_page(), luath_prelude_page_length()) }
    static var tasks: [UInt8] { bytes(luath_prelude_tasks(), luath_prelude_tasks_length()) }
    static var legacy: [UInt8] { bytes(luath_prelude_legacy(), luath_prelude_legacy_length()) }
    static var recipe: [UInt8] { bytes(luath_prelude_recipe(), luath_prelude_recipe_length()) }

    private static func bytes(_ start: UnsafePointer<UInt8>, _ count: Int) -> [UInt8] {
        Array(UnsafeBufferPointer(start: start, count: count))
    }
}
