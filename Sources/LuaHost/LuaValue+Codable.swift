// Swift's own types as Lua values and back, by the rules of Codable.

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension LuaValue: Codable {
    /// Any encodable value as JSON would have it: objects and lists as tables, dates as the encoder writes them, a Double
    /// without a fraction as an integer. An optional that is nil leaves its field out.
    ///
    /// - Throws: what the encoder throws; `DecodingError` for an integer beyond 64 bits.
    public init(encoding value: some Encodable, with encoder: JSONEncoder = JSONEncoder()) throws {
        self = try JSONDecoder().decode(LuaValue.self, from: encoder.encode(value))
    }

    /// The value as a type of yours: a table as a struct or dictionary, a list (an empty table too) as an array.
    ///
    /// - Throws: `DecodingError` that names the field.
    public func decode<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        try LuaValueDecoder(value: self, codingPath: []).unwrap(type)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if (try? container.decode(UInt64.self)) != nil {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "Lua has no integers beyond 64 bits with a sign")
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let items = try? container.decode([LuaValue].self) {
            self = .array(items)
        } else {
            let fields = try decoder.container(keyedBy: LuaFieldName.self)
            self = .table(
                try fields.allKeys.map { ($0.stringValue, try fields.decode(LuaValue.self, forKey: $0)) })
        }
    }

    /// - Throws: `EncodingError` for what no format can say: functions, bytes that are not UTF-8, `json` documents.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .array(let items):
            var list = encoder.unkeyedContainer()
            for item in items { try list.encode(item) }
        case .table(let fields):
            var container = encoder.container(keyedBy: LuaFieldName.self)
            for field in fields { try container.encode(field.value, forKey: LuaFieldName(field.key)) }
        default: try encodeSingle(to: encoder)
        }
    }

    private func encodeSingle(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .nil, .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .bytes, .json, .opaque, .array, .table:
            let name = if case .bytes = self { "text that is not UTF-8" } else { typeName }
            throw EncodingError.invalidValue(
                self, .init(codingPath: encoder.codingPath, debugDescription: "a \(name) cannot be encoded"))
        }
    }
}

/// A table's key, or a list position, on the way to a value.
struct LuaFieldName: CodingKey {
    let stringValue: String
    let intValue: Int?
    init(_ name: String) {
        stringValue = name
        intValue = nil
    }
    /// A list position from 1, as Lua counts.
    init(position: Int) {
        stringValue = "[\(position)]"
        intValue = position
    }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { self.init(position: intValue) }
}
