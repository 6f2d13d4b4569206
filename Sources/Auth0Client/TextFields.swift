// The few texts that decide what an answer means, without a copy of the whole answer.

import Auth0API

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The members of a JSON object that are texts. Members of other types count as absent.
struct TextFields: Decodable {
    private var fields: [String: String] = [:]

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// No fields for what is not a JSON object.
    init(_ body: [UInt8]) {
        if let decoded = try? JSONDecoder().decode(TextFields.self, from: Data(body)) { self = decoded }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        for key in container.allKeys { fields[key.stringValue] = try? container.decode(String.self, forKey: key) }
    }

    subscript(name: String) -> String? { fields[name] }
}

extension APIResponse {
    /// This answer with fields that it lacks filled in from others of its texts: `["id": ["_id"]]`.
    func filling(_ wanted: [String: [String]]) -> APIResponse {
        guard !wanted.isEmpty, let start = body.firstIndex(of: UInt8(ascii: "{")) else { return self }
        let fields = TextFields(body)
        var filled = self
        for (name, others) in wanted where fields[name] == nil {
            guard let value = others.lazy.compactMap({ fields[$0] }).first else { continue }
            filled.body.insert(contentsOf: "\(name.jsonEncoded):\(value.jsonEncoded),".utf8, at: start + 1)
        }
        return filled
    }
}

extension APIResponse {
    /// How often a name occurs in the body as a key, at any depth.
    func names(_ name: String) -> Int {
        let key = Array("\"\(name)\"".utf8)
        var count = 0
        var rest = body[...]
        while let found = rest.firstRange(of: key) {
            rest = rest[found.upperBound...]
            if rest.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: ":") { count += 1 }
        }
        return count
    }
}
