// One authorized call of one operation, as the code that answers it gets it.
import Auth0API

/// An operation with its arguments and the token that it is called with.
struct Invocation {
    let call: Call
    let operation: Auth0API.Operation
    /// The path's arguments in order, decoded.
    let arguments: [String]
    let grant: Tokens.Grant

    init(_ call: Call, _ operation: Auth0API.Operation, _ arguments: [String], _ grant: Tokens.Grant) {
        self.call = call
        self.operation = operation
        self.arguments = arguments
        self.grant = grant
    }

    /// The body as an object, checked against the catalog.
    /// - Throws: `Refusal` 400 where it is not JSON, not an object, or breaks a rule.
    func body() throws -> JSON.Object {
        guard !call.body.isEmpty else {
            if let body = operation.body { try BodyCheck(body: body).check([:]) }
            return [:]
        }
        guard let json = try? JSON(call.body) else {
            throw Refusal(400, "Invalid request payload JSON format", code: "invalid_body")
        }
        guard let object = json.object else {
            throw Refusal.badBody("Expected type object but found type \(json.kind)")
        }
        if let body = operation.body { try BodyCheck(body: body).check(object) }
        return object
    }

    /// The status of success; the first that the catalog names.
    var successStatus: Int { operation.successStatus.first ?? 200 }

    /// The members that this token may not see.
    func hidden(_ traits: Traits) -> [String] {
        traits.guarded.filter { _, scopes in !scopes.contains { grant.scopes.contains($0[...]) } }.map(\.key)
    }
}
