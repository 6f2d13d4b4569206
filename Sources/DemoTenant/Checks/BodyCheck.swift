// Checks a body against the catalog before anything is changed, and refuses it in Auth0's words.
import Auth0API

/// The rules of one operation's body.
struct BodyCheck {
    let body: Body

    /// - Throws: `Refusal` 400 `invalid_body` that names the first member at fault.
    func check(_ object: JSON.Object) throws {
        if !body.isOpen, !body.fields.isEmpty {
            let known = Set(body.fields.map(\.name))
            let unknown = object.members.map(\.name).filter { !known.contains($0) }
            guard unknown.isEmpty else {
                throw Refusal.badBody("Additional properties not allowed: \(unknown.joined(separator: ", "))")
            }
        }
        for field in body.fields where field.isRequired && object[field.name] == nil {
            throw Refusal.badBody("Missing required property: \(field.name)")
        }
        for field in body.fields {
            if let value = object[field.name] { try check(value, field, at: field.name) }
        }
    }

    private func check(_ value: JSON, _ field: Field, at path: String) throws {
        if value == .null {
            guard !field.isNullable, field.type != .any, field.type != .union else { return }
            throw wrongType(field.type, value, path)
        }
        switch (field.type, value) {
        case (.string, .string(let text)): try check(text, field, path)
        case (.number, .number): try checkRange(value, field, path)
        case (.boolean, .bool), (.any, _), (.union, _), (.file, _): break
        case (.array, .array(let elements)):
            for (index, element) in elements.enumerated() { try check(element: element, field, "\(path)[\(index)]") }
        case (.object, .object(let object)), (.map, .object(let object)):
            guard let shape = field.ref.flatMap(Catalog.shared.shape) else { return }
            for inner in shape.fields {
                if let value = object[inner.name] { try check(value, inner, at: "\(path).\(inner.name)") }
            }
        default: throw wrongType(field.type, value, path)
        }
    }

    private func check(element: JSON, _ field: Field, _ path: String) throws {
        switch field.items {
        case "string":
            guard let text = element.string else { throw wrongType(.string, element, path) }
            if let values = field.values, !values.contains(text) { throw noMatch(text, path) }
        case "number": guard element.number != nil else { throw wrongType(.number, element, path) }
        case "boolean": guard element.bool != nil else { throw wrongType(.boolean, element, path) }
        default:
            guard let shape = field.ref.flatMap(Catalog.shared.shape), shape.anyOf.isEmpty, !shape.fields.isEmpty
            else { return }
            guard let object = element.object else { throw wrongType(.object, element, path) }
            for inner in shape.fields {
                if let value = object[inner.name] { try check(value, inner, at: "\(path).\(inner.name)") }
            }
        }
    }

    private func check(_ text: String, _ field: Field, _ path: String) throws {
        if let values = field.values, !values.contains(text) { throw noMatch(text, path) }
        if let least = field.minLength, text.count < least {
            throw refusal("String is too short (\(text.count) chars), minimum \(least)", path)
        }
        if let most = field.maxLength, text.count > most {
            throw refusal("String is too long (\(text.count) chars), maximum \(most)", path)
        }
    }

    private func checkRange(_ value: JSON, _ field: Field, _ path: String) throws {
        guard let number = value.number, case .number(let digits) = value else { return }
        if let least = field.minimum, number < least {
            throw refusal("Value \(digits) is less than minimum \(plain(least))", path)
        }
        if let most = field.maximum, number > most {
            throw refusal("Value \(digits) is greater than maximum \(plain(most))", path)
        }
    }

    private func noMatch(_ text: String, _ path: String) -> Refusal { refusal("No enum match for: \"\(text)\"", path) }
    private func wrongType(_ type: FieldType, _ value: JSON, _ path: String) -> Refusal {
        refusal("Expected type \(type == .map ? "object" : type.rawValue) but found type \(value.kind)", path)
    }
    private func refusal(_ detail: String, _ path: String) -> Refusal {
        Refusal(400, "Payload validation error: '\(detail)' on property \(path).", code: "invalid_body")
    }
    private func plain(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? String(value) }
}
