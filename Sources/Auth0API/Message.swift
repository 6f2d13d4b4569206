// Requests and responses as values: what goes over the wire, with no I/O and no connection behind them.

/// One HTTP request, complete but for its `Authorization` header, which is apart so that nothing prints it.
public struct APIRequest: Sendable {
    public var method: String
    /// Absolute, percent-encoded.
    public var url: String
    /// Names as given; compared without case.
    public var headers: Headers
    public var body: [UInt8]?
    /// A body of several parts, in place of `body`.
    public var upload: Multipart?
    /// The value of the `Authorization` header.
    public var authorization: Secret?
    /// Asked before a redirect to another host is followed, with its name (and `:port` where the URL has one); what it
    /// throws is the outcome. Nil follows.
    public var checkRedirect: (@Sendable (_ host: String) throws(APIError) -> Void)?

    public init(
        method: String, url: String, headers: Headers = Headers(), body: [UInt8]? = nil, upload: Multipart? = nil,
        authorization: Secret? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.upload = upload
        self.authorization = authorization
    }
}

/// One HTTP response, its body complete.
public struct APIResponse: Sendable {
    public var status: Int
    /// Names in lower case.
    public var headers: Headers
    public var body: [UInt8]
    /// The URL that answered.
    public var url: String
    /// Requests sent for this answer, 1 or more.
    public var attempts: Int

    public init(status: Int, headers: Headers = Headers(), body: [UInt8] = [], url: String, attempts: Int = 1) {
        self.status = status
        self.headers = headers
        self.body = body
        self.url = url
        self.attempts = attempts
    }
}

/// HTTP headers in order, looked up without case.
public struct Headers: Sendable, Hashable, Sequence {
    public private(set) var fields: [(name: String, value: String)] = []
    public init() {}
    public init(_ fields: [(name: String, value: String)]) { self.fields = fields }

    /// The first value of that name; setting replaces all of them, nil removes them.
    public subscript(name: String) -> String? {
        get { fields.first { Self.same($0.name, name) }?.value }
        set {
            fields.removeAll { Self.same($0.name, name) }
            if let newValue { fields.append((name, newValue)) }
        }
    }
    public func makeIterator() -> IndexingIterator<[(name: String, value: String)]> { fields.makeIterator() }
    public static func == (left: Headers, right: Headers) -> Bool {
        left.fields.elementsEqual(right.fields) { $0 == $1 }
    }
    public func hash(into hasher: inout Hasher) {
        for field in fields { hasher.combine(field.name); hasher.combine(field.value) }
    }
    /// ASCII comparison without case: header names have no other characters.
    static func same(_ left: String, _ right: String) -> Bool {
        left.utf8.elementsEqual(right.utf8) { ($0 | ($0 &- 65 < 26 ? 32 : 0)) == ($1 | ($1 &- 65 < 26 ? 32 : 0)) }
    }
}
