// Reads Lua values as Swift's Decodable types. JSON in between would not do: an empty table may be an empty list.

struct LuaValueDecoder: Decoder, SingleValueDecodingContainer {
    let value: LuaValue
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard let fields = Fields<Key>(self) else { throw mismatch([String: Any].self, "a table with names") }
        return KeyedDecodingContainer(fields)
    }
    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard let items = value.array else { throw mismatch([Any].self, "a list") }
        return Items(items: items, codingPath: codingPath)
    }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    /// The value as a type that may be a Lua value itself.
    func unwrap<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if type == LuaValue.self, let value = value as? Value { return value }
        return try Value(from: self)
    }

    func decodeNil() -> Bool { value == .nil || value == .null }
    func decode(_ type: Bool.Type) throws -> Bool { try need(value.boolean, "true or false") }
    func decode(_ type: String.Type) throws -> String { try need(value.string, "a text") }
    func decode(_ type: Double.Type) throws -> Double { try need(value.number, "a number") }
    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try unwrap(type) }

    private func need<Value>(_ value: Value?, _ wanted: String) throws -> Value {
        guard let value else { throw mismatch(Value.self, wanted) }
        return value
    }
    private func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
        let integer = try need(value.integer, "a whole number")
        guard let fitting = Value(exactly: integer) else {
            throw mismatch(type, "a number from \(Value.min) to \(Value.max)", butGot: "\(integer)")
        }
        return fitting
    }

    private func mismatch(_ type: Any.Type, _ wanted: String, butGot found: String? = nil) -> DecodingError {
        .typeMismatch(
            type, .init(codingPath: codingPath, debugDescription: "must be \(wanted), got \(found ?? value.typeName)"))
    }

    fileprivate func inner(_ value: LuaValue, _ key: any CodingKey) -> LuaValueDecoder {
        LuaValueDecoder(value: value, codingPath: codingPath + [key])
    }
}

extension LuaValueDecoder {
    private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let decoder: LuaValueDecoder
        let fields: [String: LuaValue]
        var codingPath: [any CodingKey] { decoder.codingPath }
        var allKeys: [Key] { fields.keys.compactMap(Key.init(stringValue:)) }

        init?(_ decoder: LuaValueDecoder) {
            self.decoder = decoder
            switch decoder.value {
            case .table(let fields): self.fields = Dictionary(fields.map { ($0.key, $0.value) }) { $1 }
            case .array(let items) where items.isEmpty: fields = [:]
            default: return nil
            }
        }
        func contains(_ key: Key) -> Bool { fields[key.stringValue] != nil }
        func decodeNil(forKey key: Key) throws -> Bool {
            decoder.inner(fields[key.stringValue] ?? .nil, key).decodeNil()
        }
        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            try field(key).unwrap(type)
        }
        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) throws -> KeyedDecodingContainer<Nested> { try field(key).container(keyedBy: type) }
        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            try field(key).unkeyedContainer()
        }
        func superDecoder() throws -> any Decoder { decoder }
        func superDecoder(forKey key: Key) throws -> any Decoder { try field(key) }

        private func field(_ key: Key) throws -> LuaValueDecoder {
            guard let value = fields[key.stringValue] else {
                throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "is missing"))
            }
            return decoder.inner(value, key)
        }
    }

    private struct Items: UnkeyedDecodingContainer {
        let items: [LuaValue]
        let codingPath: [any CodingKey]
        var currentIndex = 0
        var count: Int? { items.count }
        var isAtEnd: Bool { currentIndex == items.count }

        init(items: [LuaValue], codingPath: [any CodingKey]) {
            self.items = items
            self.codingPath = codingPath
        }
        mutating func decodeNil() throws -> Bool {
            let isNil = try next(Never?.self).decodeNil()
            if !isNil { currentIndex -= 1 }
            return isNil
        }
        mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next(type).unwrap(type) }
        mutating func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type
        ) throws -> KeyedDecodingContainer<Nested> { try next(type).container(keyedBy: type) }
        mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
            try next([Any].self).unkeyedContainer()
        }
        mutating func superDecoder() throws -> any Decoder { try next(Any.self) }

        private mutating func next(_ type: Any.Type) throws -> LuaValueDecoder {
            let key = LuaFieldName(position: currentIndex + 1)
            guard !isAtEnd else {
                throw DecodingError.valueNotFound(
                    type, .init(codingPath: codingPath + [key], debugDescription: "is missing"))
            }
            defer { currentIndex += 1 }
            return LuaValueDecoder(value: items[currentIndex], codingPath: codingPath + [key])
        }
    }
}
