// What a script calls a closure of the host with: values that are checked as they are read.

/// The arguments of a call, by position from 1.
public struct LuaArguments: Sendable {
    /// As the script calls the function; for messages.
    let function: String
    let values: [LuaValue]

    /// How many there are, nils at the end included.
    public var count: Int { values.count }
    /// nil where there is none.
    public subscript(position: Int) -> LuaValue {
        values.indices.contains(position - 1) ? values[position - 1] : .nil
    }

    /// - Throws: `LuaError` of kind `argument` that names function, position and what was given; so do those below.
    public func string(_ position: Int) throws(LuaError) -> String {
        try need(self[position].string, position, "a text")
    }
    public func integer(_ position: Int) throws(LuaError) -> Int64 {
        try need(self[position].integer, position, "a whole number")
    }
    public func number(_ position: Int) throws(LuaError) -> Double {
        try need(self[position].number, position, "a number")
    }
    public func boolean(_ position: Int) throws(LuaError) -> Bool {
        try need(self[position].boolean, position, "true or false")
    }

    /// The argument as a type of yours; the error names the field that does not fit.
    public func decode<Value: Decodable>(_ position: Int, as type: Value.Type = Value.self) throws(LuaError) -> Value {
        do { return try self[position].decode(as: type) } catch {
            guard let error = error as? DecodingError, let problem = Problem(error) else {
                throw wrong(position, "a \(type)")
            }
            let place = problem.path.isEmpty ? "" : ": '\(problem.path)'"
            throw LuaError.argument("\(function): argument \(position)\(place) \(problem.text)")
        }
    }

    private func need<Value>(_ value: Value?, _ position: Int, _ wanted: String) throws(LuaError) -> Value {
        guard let value else { throw wrong(position, wanted) }
        return value
    }
    private func wrong(_ position: Int, _ wanted: String) -> LuaError {
        LuaError.argument("\(function): argument \(position) must be \(wanted), got \(self[position].typeName)")
    }

    /// A decoding error in the words of the other messages.
    private struct Problem {
        let path: String
        let text: String

        init?(_ error: DecodingError) {
            switch error {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                self.init(context.codingPath, context.debugDescription)
            case .keyNotFound(let key, let context):
                self.init(context.codingPath + [key], context.debugDescription)
            @unknown default: return nil
            }
        }
        private init(_ path: [any CodingKey], _ text: String) {
            self.path = path.reduce(into: "") { text, key in
                let isPosition = key.intValue != nil
                text += (text.isEmpty || isPosition ? "" : ".") + key.stringValue
            }
            self.text = text
        }
    }
}
