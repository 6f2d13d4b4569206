// Calls by name whose answers are Swift types. Each has a sibling without a type that gives the whole response.

import Auth0API

extension ManagementClient {
    /// Calls an operation by its name and gives its answer as a type of yours.
    ///
    /// ```swift
    /// struct App: Codable {
    ///     var client_id: String
    ///     var name: String
    ///     var callbacks: [String]?
    /// }
    /// let app: App = try await management.call("clients.create", body: ["name": "Shop"])
    /// try await management.call("clients.update", path: [app.client_id], body: ["name": "New shop"])
    /// ```
    ///
    /// - Parameters:
    ///   - name: dotted name, as `luath api` prints it.
    ///   - path: values of the path's parameters, in their order, not encoded.
    ///   - query: names and values, not encoded; a name may repeat.
    ///   - body: what to send as JSON; nil sends none.
    /// - Returns: the answer; an optional type gives nil for an operation without one.
    /// - Throws: kind `parse` for an answer that is not of that type, naming the field; else as `call` without a type.
    public func call<Answer: Decodable & Sendable>(
        _ name: String, path: [String] = [], query: [(String, String)] = [], body: (any Encodable & Sendable)? = nil,
        options: CallOptions = CallOptions()
    ) async throws(APIError) -> Answer {
        let response: APIResponse = try await call(name, path: path, query: query, body: body, options: options)
        return try response.decoded(for: .named(name, in: .management))
    }
}

extension AuthenticationClient {
    /// Calls an operation by its name.
    ///
    /// - Parameters:
    ///   - name: dotted name, as `luath api` prints it.
    ///   - fields: the body, in that order; the client adds its id and credentials.
    ///   - path: values of the path's parameters, not encoded.
    ///   - bearer: the token of operations that take one.
    /// - Throws: kind `argument`, with the nearest names, for an unknown one; else as `send`.
    @discardableResult
    public func call(
        _ name: String, _ fields: KeyValuePairs<String, FormValue> = [:], path: [String] = [], bearer: Secret? = nil,
        options: CallOptions = CallOptions()
    ) async throws(APIError) -> APIResponse {
        try await send(
            .named(name, in: .authentication), path: path, bearer: bearer,
            fields: fields.map { (name: $0.key, value: $0.value) }, options: options)
    }

    /// Calls an operation by its name and gives its answer as a type of yours, or as `TokenSet`.
    ///
    /// ```swift
    /// let tokens: TokenSet = try await authentication.call(
    ///     "oauth.password_grant",
    ///     ["username": "jane@example.com", "password": .secret(password), "scope": "openid email"])
    /// ```
    ///
    /// - Throws: kind `parse` for an answer that is not of that type, naming the field; else as `call` without a type.
    public func call<Answer: Decodable & Sendable>(
        _ name: String, _ fields: KeyValuePairs<String, FormValue> = [:], path: [String] = [], bearer: Secret? = nil,
        options: CallOptions = CallOptions()
    ) async throws(APIError) -> Answer {
        let response: APIResponse = try await call(name, fields, path: path, bearer: bearer, options: options)
        return try response.decoded(for: .named(name, in: .authentication))
    }
}

extension UserInfoClient {
    /// The claims of the user whose token this is, as `UserProfile` or a type of yours.
    ///
    /// ```swift
    /// let profile: UserProfile = try await userinfo.getUserInfo(accessToken: tokens.accessToken)
    /// ```
    ///
    /// - Throws: kind `parse` for an answer that is not of that type, naming the field; else as `getUserInfo` without a
    ///   type.
    public func getUserInfo<Profile: Decodable & Sendable>(
        accessToken: Secret, options: CallOptions = CallOptions()
    ) async throws(APIError) -> Profile {
        let response: APIResponse = try await getUserInfo(accessToken: accessToken, options: options)
        return try response.decoded(for: .named("get_user_info", in: .userinfo))
    }
}

extension FormValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
}
