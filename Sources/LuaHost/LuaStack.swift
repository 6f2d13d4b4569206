// Pushing values onto a Lua stack. Every push is one protected call in C, so running out of memory is a Swift error.

import CLuaBridge

/// The stack of one coroutine, valid only during the call that got it.
public struct LuaStack {
    let state: OpaquePointer

    private func check(_ worked: Bool) throws(LuaError) {
        guard !worked else { return }
        luath_settop(state, -2)
        throw LuaError(name: "MemoryError", kind: "limit", message: "not enough memory for a value")
    }

    public func push(_ value: Bool) throws(LuaError) { try check(luath_push_boolean(state, value)) }
    public func push(_ value: Int64) throws(LuaError) { try check(luath_push_integer(state, value)) }
    public func push(_ value: Double) throws(LuaError) { try check(luath_push_number(state, value)) }
    public func pushNil() throws(LuaError) { try check(luath_push_nil(state)) }
    public func pushNull() throws(LuaError) { try check(luath_push_null(state)) }
    public func push(_ document: LuaJSON) throws(LuaError) {
        guard !luath_push_json(state, document.document) else { return }
        var length = 0
        let text = String(decodingBytes: luath_describe(state, -1, &length), count: length)
        luath_settop(state, -2)
        throw LuaError(name: "ParseError", kind: "parse", message: text)
    }
    public func push(_ text: String) throws(LuaError) {
        var text = text
        try check(
            text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { luath_push_string(state, $0.baseAddress, $0.count) }
            })
    }
    public func push(bytes: [UInt8]) throws(LuaError) {
        try check(
            bytes.withUnsafeBufferPointer { bytes in
                bytes.withMemoryRebound(to: CChar.self) { luath_push_string(state, $0.baseAddress, $0.count) }
            })
    }
    /// Pushes an empty table with room for so many list positions and named fields.
    public func pushTable(list: Int = 0, fields: Int = 0) throws(LuaError) {
        try check(luath_push_table(state, Int32(clamping: list), Int32(clamping: fields)))
    }
    /// Makes a Swift function known to the state; push it with the integers that it is to be called with.
    public func register(_ function: HostFunction) -> HostFunction.ID { Scheduler.of(state).add(function) }
    /// Registers a Swift function and pushes it.
    public func push(_ function: HostFunction) throws(LuaError) { try push(register(function)) }
    /// Pushes a table of functions by their names: a module, or what a prelude in Lua is called with.
    public func pushTable(of functions: [HostFunction]) throws(LuaError) {
        try pushTable(fields: functions.count)
        try setFields(functions)
    }
    /// Adds functions by their names to the table on top.
    public func setFields(_ functions: [HostFunction]) throws(LuaError) {
        for function in functions {
            try push(function)
            try setField(function.name)
        }
    }
    /// Pushes a function that calls the host; `first` and `second` come back through `LuaCall.bound`.
    public func push(_ function: HostFunction.ID, first: Int = 0, second: Int = 0) throws(LuaError) {
        try check(luath_push_function(state, function.number, Int64(first), Int64(second)))
    }
    /// Pushes a value that stands for a Swift object and keeps it alive; `LuaCall.object` gives it back.
    public func push(object: any Sendable) throws(LuaError) {
        try check(luath_push_handle(state, Scheduler.of(state).keep(object)))
    }
    /// Pushes a value that stands for a Swift object and that scripts can only hand on: it shows as `•••`, and using it in
    /// any other way is an error. `LuaCall.secret` gives the object back, and `LuaCall.json` its text if asked to.
    public func push(secret object: any Sendable) throws(LuaError) {
        try check(luath_push_secret(state, Scheduler.of(state).keep(object)))
    }
    /// Pushes a copy of the value at an index.
    public func pushCopy(_ index: Int) throws(LuaError) { try check(luath_push_copy(state, Int32(index))) }
    /// Pushes a field of the table at an index, without metamethods.
    public func pushField(_ name: String, of index: Int) throws(LuaError) {
        try check(luath_raw_field(state, Int32(index), name))
    }
    /// Pushes the item at a list position of the table at an index.
    public func pushItem(_ position: Int, of index: Int) throws(LuaError) {
        guard luath_raw_index(state, Int32(index), Int64(position)) else { try pushNil(); return }
    }
    public func type(_ index: Int) -> LuaType {
        LuaType(rawValue: luath_type_at(state, Int32(index)).rawValue) ?? .none
    }
    /// The number of list positions of the table at an index.
    public func length(_ index: Int) -> Int { Int(luath_length(state, Int32(index))) }
    /// Whether the table at an index is a JSON array or marked as one.
    public func isArray(_ index: Int) -> Bool { luath_is_array(state, Int32(index)) }
    public func integer(_ index: Int) -> Int64? {
        type(index) == .number ? luath_integer(state, Int32(index)) : nil
    }
    public func string(_ index: Int) -> String? {
        var length = 0
        guard let bytes = luath_string(state, Int32(index), &length) else { return nil }
        return String(decodingBytes: bytes, count: length)
    }
    /// Takes out the value at an index.
    public func remove(_ index: Int) { luath_remove(state, Int32(index)) }

    /// Pops a value and makes it a field of the table below it.
    public func setField(_ name: String, at index: Int = -2) throws(LuaError) {
        var name = name
        try check(
            name.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    luath_set_field(state, Int32(index), $0.baseAddress, $0.count)
                }
            })
    }
    public func setField(_ name: String, to value: LuaValue) throws(LuaError) {
        try push(value)
        try setField(name)
    }
    /// Pops a value and makes it a list position of the table below it.
    public func setIndex(_ position: Int) throws(LuaError) {
        try check(luath_set_index(state, -2, Int64(position)))
    }
    /// Keeps the value on top under a name in the registry, out of scripts' reach, and pops it.
    public func keep(_ name: String) throws(LuaError) { try check(luath_keep(state, name)) }
    public func pushKept(_ name: String) throws(LuaError) { try check(luath_push_kept(state, name)) }
    /// Gives the table on top a metatable that `keep` kept.
    public func setKeptMetatable(_ name: String) throws(LuaError) {
        try check(luath_set_kept_metatable(state, name))
    }
    /// The index of the value on top.
    public var top: Int { Int(luath_top(state)) }
    public func pop(_ count: Int = 1) { luath_settop(state, Int32(-count - 1)) }
    public func pushGlobal(_ name: String) throws(LuaError) { try check(luath_push_global(state, name)) }
    /// Calls the function below `arguments` values, outside any task, so it cannot wait.
    ///
    /// - Throws: `LuaError` of kind `script` with the error as text.
    public func call(arguments: Int, results: Int) throws(LuaError) {
        guard !luath_call(state, Int32(arguments), Int32(results)) else { return }
        var length = 0
        let text = String(decodingBytes: luath_describe(state, -1, &length), count: length)
        luath_settop(state, -2)
        throw LuaError(name: "ScriptError", kind: "script", message: text)
    }
    public func setGlobal(_ name: String) throws(LuaError) { try check(luath_set_global(state, name)) }
    /// Compiles Lua text and pushes the function.
    ///
    /// - Throws: `LuaError` of kind `script` with Lua's syntax message.
    public func load(_ source: [UInt8], chunkName: String) throws(LuaError) {
        let worked = source.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { luath_load(state, $0.baseAddress, $0.count, chunkName) }
        }
        guard !worked else { return }
        var length = 0
        let text = String(decodingBytes: luath_describe(state, -1, &length), count: length)
        luath_settop(state, -2)
        throw LuaError(name: "SyntaxError", kind: "script", message: text)
    }

    public func push(_ value: LuaValue) throws(LuaError) {
        switch value {
        case .nil: try pushNil()
        case .null: try pushNull()
        case .boolean(let value): try push(value)
        case .integer(let value): try push(value)
        case .number(let value): try push(value)
        case .string(let text): try push(text)
        case .bytes(let bytes): try push(bytes: bytes)
        case .json(let document): try push(document)
        case .opaque(let name):
            throw LuaError(name: "InvalidArgumentError", kind: "argument", message: "a \(name) cannot go to Lua")
        case .array(let items):
            try pushTable(list: items.count)
            for (offset, item) in items.enumerated() {
                try push(item)
                try setIndex(offset + 1)
            }
            if items.isEmpty { try setKeptMetatable("array") }
        case .table(let fields):
            try pushTable(fields: fields.count)
            for field in fields { try setField(field.key, to: field.value) }
        }
    }

    /// Pushes the table that a script sees of an error.
    func push(_ error: any Error) throws(LuaError) {
        let error = LuaError(error)
        try pushTable(fields: error.fields.count + 4)
        try setField("name", to: .string(error.name))
        try setField("kind", to: .string(error.kind))
        try setField("message", to: .string(error.message))
        for field in error.fields {
            // A field that Lua cannot hold must not hide the error itself.
            let top = top
            do throws(LuaError) { try push(field.value) } catch {
                luath_settop(state, Int32(top))
                continue
            }
            try setField(field.key)
        }
        try setKeptMetatable("error")
    }
}

extension String {
    init(decodingBytes bytes: UnsafePointer<CChar>?, count: Int) {
        let buffer = UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count)
        self = String(decoding: buffer, as: UTF8.self)
    }
}
