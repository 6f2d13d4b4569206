// A parsed JSON document on its way to the Lua stack; parsing may happen on any thread.

import CLuaBridge

/// JSON that has been checked and can be pushed as Lua values: objects and arrays as tables, integers as 64-bit
/// integers, null as `json.null`, empty arrays so that they stay arrays.
///
/// `@unchecked Sendable`: the document is never changed after parsing.
public final class LuaJSON: @unchecked Sendable {
    let document: OpaquePointer

    /// - Throws: `LuaJSON.Invalid` with simdjson's reason; numbers beyond 64 bits and nesting beyond 1,024 levels too.
    public init(_ bytes: some ContiguousBytesCollection) throws(Invalid) {
        var reason: UnsafePointer<CChar>?
        let parsed =
            bytes.withContiguousStorageIfAvailable { luath_json_parse($0.baseAddress, $0.count, &reason) } ?? nil
        guard let parsed else { throw Invalid(reason: reason.map { String(cString: $0) } ?? "not JSON") }
        document = parsed
    }

    deinit { luath_json_free(document) }

    /// Why a text is not JSON that Lua can hold.
    public struct Invalid: LuaErrorConvertible, CustomStringConvertible {
        public let reason: String
        public var description: String { reason }
        public var luaError: LuaError { LuaError(name: "ParseError", kind: "parse", message: reason) }
    }
}

/// Bytes in one piece of memory: `[UInt8]` and its slices.
public protocol ContiguousBytesCollection: Collection<UInt8> {}
extension [UInt8]: ContiguousBytesCollection {}
extension ArraySlice: ContiguousBytesCollection where Element == UInt8 {}
