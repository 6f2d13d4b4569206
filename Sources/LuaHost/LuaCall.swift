// One call from Lua into Swift: its arguments, and the stack for its results.

import CLuaBridge

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The arguments of a host function, valid while the function runs.
public struct LuaCall {
    /// Where results go; arguments are below.
    public let stack: LuaStack
    /// How many arguments there are.
    public let count: Int
    private var state: OpaquePointer { stack.state }

    init(state: OpaquePointer) {
        stack = LuaStack(state: state)
        count = Int(luath_top(state))
    }

    /// The integers that the function was pushed with.
    public func bound(_ which: Int) -> Int { Int(luath_bound(state, Int32(which))) }

    /// The kind of the argument at a position from 1.
    public func type(_ position: Int) -> LuaType {
        LuaType(rawValue: luath_type_at(state, Int32(position)).rawValue) ?? .none
    }

    /// The kind of the argument as error messages call it.
    public func typeName(_ position: Int) -> String {
        luath_secret(state, Int32(position)) < 0 ? type(position).name : "secret"
    }

    /// The text of a string argument, nil for other types or bytes that are not UTF-8.
    public func string(_ position: Int) -> String? {
        var length = 0
        guard let bytes = luath_string(state, Int32(position), &length) else { return nil }
        return String(validating: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
    }
    public func bytes(_ position: Int) -> [UInt8]? {
        var length = 0
        guard let bytes = luath_string(state, Int32(position), &length) else { return nil }
        return Array(UnsafeRawBufferPointer(start: bytes, count: length))
    }
    public func number(_ position: Int) -> Double? {
        type(position) == .number ? luath_number(state, Int32(position)) : nil
    }
    public func integer(_ position: Int) -> Int64? {
        guard type(position) == .number else { return nil }
        return luath_is_integer(state, Int32(position))
            ? luath_integer(state, Int32(position)) : Int64(exactly: luath_number(state, Int32(position)))
    }
    public func isNull(_ position: Int) -> Bool { luath_is_null(state, Int32(position)) }
    /// Whether the argument is absent, nil or `json.null`.
    public func isLeftOut(_ position: Int) -> Bool {
        let type = type(position)
        return type == .none || type == .nil || isNull(position)
    }
    /// The Swift object that a handle stands for.
    public func object<Object: Sendable>(_ position: Int, as type: Object.Type) -> Object? {
        let handle = luath_handle(state, Int32(position))
        return handle < 0 ? nil : Scheduler.of(state).object(handle) as? Object
    }
    /// The Swift object that a secret stands for.
    public func secret<Object: Sendable>(_ position: Int, as type: Object.Type) -> Object? {
        let handle = luath_secret(state, Int32(position))
        return handle < 0 ? nil : Scheduler.of(state).object(handle) as? Object
    }
    /// Number of list positions of a table argument.
    public func length(_ position: Int) -> Int { Int(luath_length(state, Int32(position))) }

    /// The argument as `tostring` gives it, for messages.
    public func text(_ position: Int) -> String {
        var length = 0
        return String(decodingBytes: luath_describe(state, Int32(position), &length), count: length)
    }

    /// A copy of the argument, nested to at most `depth` tables and of at most 100,000 values: a table that holds itself
    /// twice would otherwise grow without end.
    public func value(_ position: Int, depth: Int = 32) -> LuaValue {
        var budget = Self.mostValues
        return read(Int32(position), depth, &budget)
    }
    private static let mostValues = 100_000

    /// A field of a table argument without metamethods.
    public func field(_ name: String, of position: Int) -> LuaValue {
        guard type(position) == .table else { return .nil }
        defer { stack.pop() }
        guard luath_raw_field(state, Int32(position), name) else { return .nil }
        return value(Int(luath_top(state)))
    }

    /// Calls `body` with the keys of a table argument in no order; keys that are not text come as `[1]`.
    public func keys(of position: Int) -> [String] {
        var keys: [String] = []
        guard luath_push_nil(state) else { return keys }
        while luath_next(state, Int32(position)) {
            stack.pop()
            keys.append(key(luath_top(state)))
        }
        return keys
    }

    /// The JSON of an argument, keys sorted.
    ///
    /// - Parameters:
    ///   - isArray: asked whether an empty table at a path is a list; the default is an object.
    ///   - reveal: gives the text of a secret's object; by default secrets are errors.
    /// - Throws: `LuaError` of kind `argument` that names the field (holes, NaN, functions, nesting over 200 levels).
    public func json(
        _ position: Int, isArray: (([PathPart]) -> Bool)? = nil, reveal: ((any Sendable) -> String?)? = nil
    ) throws(LuaError) -> [UInt8] {
        let scheduler = Scheduler.of(state)
        let context = EncodingContext(isArray: isArray) { scheduler.object($0).flatMap { reveal?($0) } }
        let encoded = luath_json_encode(
            state, Int32(position), 0, Unmanaged.passUnretained(context).toOpaque(),
            { context, path, depth in
                guard let context, let path,
                    let isArray = Unmanaged<EncodingContext>.fromOpaque(context).takeUnretainedValue().isArray
                else { return false }
                return isArray(UnsafeBufferPointer(start: path, count: depth).map(PathPart.init))
            },
            { context, secret in
                guard let context else { return nil }
                return Unmanaged<EncodingContext>.fromOpaque(context).takeUnretainedValue().reveal(secret)
                    .flatMap { strdup($0) }
            })
        if let error = encoded.error { throw LuaError.argument(String(cString: error)) }
        return Array(UnsafeRawBufferPointer(start: encoded.bytes, count: encoded.length))
    }

    /// Pushes a shallow copy of a table argument without some of its fields.
    public func pushCopy(of position: Int, without names: Set<String>) throws(LuaError) {
        try stack.pushTable()
        let copy = luath_top(state)
        guard luath_push_nil(state) else { return }
        while luath_next(state, Int32(position)) {
            let key = self.key(luath_top(state) - 1)
            if names.contains(key) {
                stack.pop()
            } else {
                try stack.setField(key, at: Int(copy))
            }
        }
    }

    /// A step on the way to a value inside tables.
    public enum PathPart: Sendable, Hashable {
        case key(String)
        case index(Int)
        init(_ part: luath_path_part) {
            self = part.key.map { .key(String(decodingBytes: $0, count: part.length)) } ?? .index(Int(part.position))
        }
    }

    private final class EncodingContext {
        let isArray: (([PathPart]) -> Bool)?
        let reveal: (Int64) -> String?
        init(isArray: (([PathPart]) -> Bool)?, reveal: @escaping (Int64) -> String?) {
            self.isArray = isArray
            self.reveal = reveal
        }
    }

    private func key(_ index: Int32) -> String {
        switch luath_type_at(state, index) {
        case LUATH_STRING:
            var length = 0
            let bytes = luath_string(state, index, &length)
            return String(decodingBytes: bytes, count: length)
        case LUATH_NUMBER where luath_is_integer(state, index): return "[\(luath_integer(state, index))]"
        default: return "[?]"
        }
    }

    private func read(_ index: Int32, _ depth: Int, _ budget: inout Int) -> LuaValue {
        budget -= 1
        if budget < 0 { return .opaque("table too large") }
        switch luath_type_at(state, index) {
        case LUATH_NONE, LUATH_NIL: return .nil
        case LUATH_BOOLEAN: return .boolean(luath_boolean(state, index))
        case LUATH_NUMBER:
            return luath_is_integer(state, index)
                ? .integer(luath_integer(state, index)) : .number(luath_number(state, index))
        case LUATH_STRING:
            var length = 0
            guard let bytes = luath_string(state, index, &length) else { return .nil }
            let buffer = UnsafeRawBufferPointer(start: bytes, count: length)
            return String(validating: buffer, as: UTF8.self).map { .string($0) } ?? .bytes(Array(buffer))
        case LUATH_TABLE: return depth > 0 ? readTable(index, depth, &budget) : .opaque("table nested too deep")
        case LUATH_FUNCTION: return .opaque("function")
        case LUATH_THREAD: return .opaque("thread")
        default:
            if luath_is_null(state, index) { return .null }
            return .opaque(luath_secret(state, index) < 0 ? "userdata" : "secret")
        }
    }

    private func readTable(_ index: Int32, _ depth: Int, _ budget: inout Int) -> LuaValue {
        let length = luath_length(state, index)
        if length > 0 || luath_is_array(state, index) {
            var items: [LuaValue] = []
            for position in 0..<length where budget > 0 && luath_raw_index(state, index, Int64(position) + 1) {
                items.append(read(luath_top(state), depth - 1, &budget))
                stack.pop()
            }
            return .array(items)
        }
        var fields: [(key: String, value: LuaValue)] = []
        guard luath_push_nil(state) else { return .table([]) }
        while luath_next(state, index) {
            let value = read(luath_top(state), depth - 1, &budget)
            stack.pop()
            fields.append((key(luath_top(state)), value))
        }
        return .table(fields)
    }
}

/// The types of Lua values.
public enum LuaType: Int32, Sendable {
    case none = -1
    case `nil`, boolean, lightUserdata, number, string, table, function, userdata, thread

    /// As error messages call it.
    public var name: String {
        switch self {
        case .none: "nothing"
        case .lightUserdata: "json.null"
        default: String(describing: self)
        }
    }
}
