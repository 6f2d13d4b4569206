// A name of an older generation of Auth0's Node SDK: which operation it is today, and how its arguments were given.

/// An older generation of the Node SDK whose names scripts may keep.
public enum Generation: String, Sendable, CaseIterable {
    /// node-auth0 2 and 3: flat names (`getUsers`) and grouped ones, bare bodies, callbacks.
    case v2
    /// node-auth0 4: grouped names in camelCase (`users.getAll`), results with `data`.
    case v4

    /// As `require` takes it: `auth0.v2`.
    public var module: String { "auth0.\(rawValue)" }
}

/// One old name.
public struct LegacyName: Sendable, Hashable {
    /// An operation that is meant when arguments have certain values.
    public struct Case: Sendable, Hashable, Decodable {
        public let values: [String: String]
        /// Arguments that have another name today, by the old one.
        public let renames: [String: String]
        private let target: String

        /// The operation; nil is ruled out by the tests of the data.
        public var operation: Operation? { Catalog.shared.operation(keyed: target) }
        /// `name = "sms", provider = "twilio"`
        public var condition: String {
            values.sorted { $0.key < $1.key }.map { "\($0.key) = \"\($0.value)\"" }.joined(separator: ", ")
        }

        enum CodingKeys: String, CodingKey { case values, renames, target = "operation" }
        public init(from decoder: any Decoder) throws {
            let line = try decoder.container(keyedBy: CodingKeys.self)
            values = try line.decode([String: String].self, forKey: .values)
            renames = try line.decodeIfPresent([String: String].self, forKey: .renames) ?? [:]
            target = try line.decode(String.self, forKey: .target)
        }
    }

    public let generation: Generation
    /// Of the client that had the name; its operation may belong to another one.
    public let api: API
    /// As it was written: `getUsers`, `users.getAll`.
    public let name: String
    /// In their order, `?` behind those that may be left out: `params` (path and query in one table), `data` (the body),
    /// `options` and `overrides` (how the call is made).
    public let arguments: [String]
    /// What a text in front of the arguments stands for; nil where there is none.
    public let text: String?
    /// The keys of `params` that the path takes, in the order of the operation's path parameters.
    public let parameters: [String]
    /// Query keys that only this generation knew.
    public let query: [String]
    /// The property that the body is the value of; nil where the body is given whole.
    public let wrap: String?
    /// The key of `params` that holds the body; nil where the body has an argument of its own.
    public let bodyKey: String?
    /// Keys of `params` that go into the body.
    public let bodyKeys: [String]
    /// Keys of the body that have another name today, by the old one.
    public let renames: [String: String]
    /// Keys of the body that the old name stands for.
    public let sets: [String: String]
    /// Keys of the body that are sent when they are left out.
    public let defaults: [String: String]
    /// Operations among which the arguments decide.
    public let cases: [Case]
    /// Operations that the SDK now has for single values of an argument; the old name still reaches the same URLs.
    public let specialCases: [Case]
    /// What to use where no operation answers to the name any more; nil where one does.
    public let instead: String?
    private let target: String?

    /// The operation, or nil where there is none or the arguments decide.
    public var operation: Operation? { target.flatMap { Catalog.shared.operation(keyed: $0) } }

    /// As it was called: `updateRule({ id }, data, callback?)`.
    public var signature: String {
        var parts = text.map { [$0] } ?? []
        for argument in arguments {
            let keys = parameters.filter { $0 != text } + (cases.first.map { $0.values.keys.sorted() } ?? [])
            switch argument {
            case "params", "params?":
                let listed = (keys + [bodyKey].compactMap { $0 }).joined(separator: ", ")
                parts.append(listed.isEmpty ? argument : "{ \(listed) }")
            case "overrides?": parts.append("initOverrides?")
            default: parts.append(argument)
            }
        }
        if generation == .v2 { parts.append("callback?") }
        return "\(name)(\(parts.joined(separator: ", ")))"
    }
}

extension LegacyName: Decodable {
    enum CodingKeys: String, CodingKey {
        case key = "name"
        case target = "operation"
        case cases = "when"
        case specialCases = "also"
        case arguments, text, parameters, query, wrap, bodyKey, bodyKeys, renames, sets, defaults, instead
    }

    public init(from decoder: any Decoder) throws {
        let line = try decoder.container(keyedBy: CodingKeys.self)
        let key = try line.decode(String.self, forKey: .key).split(separator: "/", maxSplits: 2).map(String.init)
        guard key.count == 3, let generation = Generation(rawValue: key[0]), let api = API(rawValue: key[1]) else {
            throw DecodingError.dataCorruptedError(
                forKey: .key, in: line, debugDescription: "a name is generation/api/name")
        }
        self.generation = generation
        self.api = api
        name = key[2]
        target = try line.decodeIfPresent(String.self, forKey: .target)
        cases = try line.decodeIfPresent([Case].self, forKey: .cases) ?? []
        specialCases = try line.decodeIfPresent([Case].self, forKey: .specialCases) ?? []
        arguments = try line.decodeIfPresent([String].self, forKey: .arguments) ?? []
        text = try line.decodeIfPresent(String.self, forKey: .text)
        parameters = try line.decodeIfPresent([String].self, forKey: .parameters) ?? []
        query = try line.decodeIfPresent([String].self, forKey: .query) ?? []
        wrap = try line.decodeIfPresent(String.self, forKey: .wrap)
        bodyKey = try line.decodeIfPresent(String.self, forKey: .bodyKey)
        bodyKeys = try line.decodeIfPresent([String].self, forKey: .bodyKeys) ?? []
        renames = try line.decodeIfPresent([String: String].self, forKey: .renames) ?? [:]
        sets = try line.decodeIfPresent([String: String].self, forKey: .sets) ?? [:]
        defaults = try line.decodeIfPresent([String: String].self, forKey: .defaults) ?? [:]
        instead = try line.decodeIfPresent(String.self, forKey: .instead)
    }
}

extension Catalog {
    /// The operation of a name with its API in front: `management/clients.update`.
    func operation(keyed key: String) -> Operation? {
        guard let slash = key.firstIndex(of: "/"), let api = API(rawValue: String(key[..<slash])) else { return nil }
        return operation(String(key[key.index(after: slash)...]), in: api)
    }
}
