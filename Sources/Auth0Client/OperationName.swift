// From the name of an operation to the operation, for calls that name what they want.

import Auth0API

extension Operation {
    /// The operation of that name.
    ///
    /// - Throws: kind `argument`, with the nearest names, for one that there is not.
    static func named(_ name: String, in api: API) throws(APIError) -> Operation {
        if let operation = Catalog.shared.operation(name, in: api) { return operation }
        let near = Catalog.shared.suggestions(for: name, in: api)
        throw APIError(
            .argument, name: "InvalidArgumentError", message: "no operation '\(name)'",
            hint: near.isEmpty ? nil : "did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?")
    }
}
