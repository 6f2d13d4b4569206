// The body of a request from a Lua value, with the catalog's word on which empty tables are lists.

import Auth0API
import LuaHost

extension LuaCall {
    /// The JSON of the argument at a position, as an operation's body.
    ///
    /// - Parameter field: the property of the body that it is; nil is the whole body.
    /// - Throws: `APIError` of kind `argument` that names the field that JSON cannot say.
    func json(
        _ position: Int, for body: Body, field: String? = nil, of operation: Operation
    ) throws(APIError) -> [UInt8] {
        let start = field.map { [PathComponent.key($0)] } ?? []
        do throws(LuaError) {
            return try json(
                position,
                isArray: { path in
                    Catalog.shared.isArray(
                        at: start
                            + path.map { part in
                                switch part {
                                case .key(let key): .key(key)
                                case .index(let index): .index(index)
                                }
                            }, in: body)
                }, reveal: Self.reveal)
        } catch {
            throw operation.invalidArgument(error.message)
        }
    }

    /// The value of a secret, for the body of a request.
    static let reveal: @Sendable (any Sendable) -> String? = { ($0 as? EnvironmentSecret)?.value.reveal() }
}
