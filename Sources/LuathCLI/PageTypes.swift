// Pages of lists: a class for each kind of item, since editors take the type of a loop's variable from a class's own
// call, not from one that it inherits or from a type parameter.

import Auth0API

enum PageTypes {
    /// `auth0.page.Client`.
    static func name(of operation: Operation) -> String {
        let item = item(of: operation).text
        let plain = item.hasPrefix("auth0.") ? String(item.dropFirst("auth0.".count)) : item
        return "auth0.page." + plain.map { $0.isLetter || $0.isNumber || $0 == "." ? String($0) : "_" }.joined()
    }

    /// What a page of that operation holds.
    private static func item(of operation: Operation) -> LuaCATSType {
        guard let paging = operation.paging, let response = operation.response else { return .any }
        switch TypeName(response) {
        case .array: return LuaCATSType(named: String(response.dropFirst("array<".count).dropLast()))
        case .shape(let name):
            guard let list = Catalog.shared.shape(name)?.fields.first(where: { $0.name == paging.listKey }) else {
                return .any
            }
            return LuaCATSType(named: list.items ?? list.ref)
        default: return .any
        }
    }

    /// The classes of all lists.
    static var text: String {
        var items: [String: String] = [:]
        for operation in API.allCases.flatMap({ Catalog.shared.operations(in: $0) }) where operation.paging != nil {
            items[name(of: operation)] = item(of: operation).text
        }
        return items.sorted { $0.key < $1.key }.map { name, item in
            """
            ---@class \(name): auth0.Page
            ---@field data \(item)[]
            ---@field get_next_page fun(self: \(name)): \(name)?, auth0.Response?
            ---@overload fun(): \(item)?

            """
        }.joined(separator: "\n")
    }
}
