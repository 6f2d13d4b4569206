// Bodies between JSON and Swift types: how dates are written, and what an answer that does not fit says.

import Auth0API

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Operation {
    /// The JSON of a value, its keys sorted; bytes are taken as JSON that is already written. Dates are ISO 8601 texts.
    ///
    /// - Throws: kind `argument` for a value that JSON cannot say, such as a number that is not finite.
    func encodedBody(_ value: any Encodable) throws(APIError) -> [UInt8] {
        if let bytes = value as? [UInt8] { return bytes }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        }
        do { return Array(try encoder.encode(value)) } catch let EncodingError.invalidValue(_, context) {
            let place = context.codingPath.isEmpty ? "the body" : "'\(context.codingPath.dotted)'"
            throw invalidArgument("\(place) cannot be written as JSON")
        } catch {
            throw invalidArgument("the body cannot be written as JSON")
        }
    }
}

extension APIResponse {
    /// The body as a Swift value. Dates may be ISO 8601 texts or seconds since 1970.
    ///
    /// - Parameter listKey: the key of the items, for the type `PageBody`.
    /// - Throws: kind `parse`, naming the field that does not fit, never its value.
    func decoded<Answer: Decodable>(
        as type: Answer.Type = Answer.self, for operation: Operation, listKey: String? = nil
    ) throws(APIError) -> Answer {
        if body.isEmpty {
            if let none = (Answer.self as? any ExpressibleByNilLiteral.Type)?.init(nilLiteral: ()) as? Answer {
                return none
            }
            throw unreadable("there is none", as: type, operation, hint: "ask for an optional, or for the response")
        }
        if operation.response == "text", let text = String(decoding: body, as: UTF8.self) as? Answer { return text }
        let decoder = JSONDecoder()
        decoder.userInfo[.listKey] = listKey
        decoder.dateDecodingStrategy = .custom(Date.init(answer:))
        do { return try decoder.decode(type, from: Data(body)) } catch {
            throw unreadable((error as? DecodingError)?.cause ?? "its type refused it", as: type, operation)
        }
    }

    private func unreadable<Answer>(
        _ cause: String, as type: Answer.Type, _ operation: Operation, hint: String? = nil
    ) -> APIError {
        APIError(
            .parse, name: "ParseError", message: "the answer cannot be read as \(type): \(cause)",
            operation: operation.name, status: status, hint: hint, attempts: attempts, response: self,
            outcomeUnknown: operation.effect == .write)
    }
}

extension CodingUserInfoKey {
    static let listKey = CodingUserInfoKey(rawValue: "auth0.listKey")!
}

extension [any CodingKey] {
    /// `identities[0].provider`.
    fileprivate var dotted: String {
        reduce(into: "") { text, key in
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
    }
}

extension DecodingError {
    /// What does not fit, without the value: it may be a secret.
    fileprivate var cause: String {
        func place(_ path: [any CodingKey]) -> String { path.isEmpty ? "it" : "'\(path.dotted)'" }
        switch self {
        case .keyNotFound(let key, let context): return "\(place(context.codingPath + [key])) is missing"
        case .valueNotFound(let type, let context): return "\(place(context.codingPath)) is null, not \(type)"
        case .typeMismatch(let type, let context): return "\(place(context.codingPath)) is not \(type)"
        case .dataCorrupted(let context):
            return context.codingPath.isEmpty ? "it is not JSON" : "\(place(context.codingPath)) has no such value"
        @unknown default: return "it does not fit"
        }
    }
}

extension Date {
    fileprivate init(answer decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let seconds = try? value.decode(Double.self) {
            self.init(timeIntervalSince1970: seconds)
            return
        }
        let text = try value.decode(String.self)
        let styles = [true, false].map { Date.ISO8601FormatStyle(includingFractionalSeconds: $0) }
        guard let date = styles.lazy.compactMap({ try? $0.parse(text) }).first else {
            throw DecodingError.dataCorruptedError(in: value, debugDescription: "not a date")
        }
        self = date
    }
}
