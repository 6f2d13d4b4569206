// A request or response type of the API, as the catalog names it.

/// A named type: an object with fields, or a choice between other types.
public struct Shape: Sendable, Hashable, Decodable {
    public let name: String
    /// Fields of an object; empty for a choice.
    public let fields: [Field]
    /// What properties outside `fields` hold (`any`, `string`, a shape's name); nil when there are none.
    public let additional: String?
    /// The alternatives of a choice, each a `TypeName`; empty for an object.
    public let anyOf: [String]

    enum CodingKeys: String, CodingKey { case name, fields, additional, anyOf }

    public init(from decoder: any Decoder) throws {
        let line = try decoder.container(keyedBy: CodingKeys.self)
        name = try line.decode(String.self, forKey: .name)
        fields = try line.decodeIfPresent([Field].self, forKey: .fields) ?? []
        additional = try line.decodeIfPresent(String.self, forKey: .additional)
        anyOf = try line.decodeIfPresent([String].self, forKey: .anyOf) ?? []
    }
}

/// A type as the catalog writes it: `string`, `number`, `boolean`, `object`, `any`, `null`, `text`, the name of a
/// `Shape`, `array<T>`, `map<T>`, or alternatives joined by `|`.
public indirect enum TypeName: Sendable, Hashable {
    case primitive(String)
    case shape(String)
    case array(TypeName)
    case map(TypeName)
    case union([TypeName])

    static let primitives: Set<String> = ["string", "number", "boolean", "object", "any", "null", "text"]

    public init(_ text: String) {
        if text.hasSuffix(">"), text.hasPrefix("array<"), Self.isClosed(text) {
            self = .array(TypeName(String(text.dropFirst(6).dropLast())))
        } else if text.hasSuffix(">"), text.hasPrefix("map<"), Self.isClosed(text) {
            self = .map(TypeName(String(text.dropFirst(4).dropLast())))
        } else {
            let parts = Self.alternatives(of: text)
            if parts.count > 1 {
                self = .union(parts.map { TypeName($0) })
            } else {
                self = Self.primitives.contains(text) ? .primitive(text) : .shape(text)
            }
        }
    }

    /// Splits at each `|` that is not inside brackets.
    private static func alternatives(of text: String) -> [String] {
        var depth = 0
        var parts = [""]
        for character in text {
            if character == "<" { depth += 1 }
            if character == ">" { depth -= 1 }
            if character == "|", depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        return parts
    }

    /// Whether the last bracket closes the first, so that the text is one wrapped type.
    private static func isClosed(_ text: String) -> Bool { alternatives(of: text).count == 1 }
}
