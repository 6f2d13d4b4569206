// Finds the operation for a method and a path. Made from the catalog, once in a process; there is no other list of operations.
import Auth0API
import Synchronization

/// All Management operations by path.
final class RouteTable: Sendable {
    static let shared = RouteTable(Catalog.shared.operations(in: .management))

    /// One path segment's place in the tree of paths.
    private struct Node {
        var literals: [String: Int] = [:]
        var parameter: Int?
        var operations: [String: Int] = [:]
    }

    private let nodes: [Node]
    private let operations: [Auth0API.Operation]
    private let actions: Mutex<[Route.Action?]>

    init(_ operations: [Auth0API.Operation]) {
        var nodes = [Node()]
        for (index, operation) in operations.enumerated() {
            var node = 0
            for segment in operation.path.split(separator: "/") {
                let known = segment.first == "{" ? nodes[node].parameter : nodes[node].literals[String(segment)]
                if let known {
                    node = known
                    continue
                }
                nodes.append(Node())
                let new = nodes.count - 1
                if segment.first == "{" {
                    nodes[node].parameter = new
                } else {
                    nodes[node].literals[String(segment)] = new
                }
                node = new
            }
            nodes[node].operations[operation.verb.rawValue] = index
        }
        self.nodes = nodes
        self.operations = operations
        actions = Mutex(Array(repeating: nil, count: operations.count))
    }

    /// The operation that a method and a path below `/api/v2` mean, and its decoded path arguments in order; nil for a
    /// path that the API does not have.
    func find(_ method: String, _ path: Substring) -> (route: Route, arguments: [String])? {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        var arguments: [String] = []
        guard let index = find(method, segments, at: 0, &arguments) else { return nil }
        return (Route(operation: operations[index], action: action(index)), arguments)
    }

    private func find(_ method: String, _ rest: ArraySlice<Substring>, at node: Int, _ arguments: inout [String])
        -> Int?
    {
        guard let segment = rest.first else { return nodes[node].operations[method] }
        if let literal = nodes[node].literals[String(segment)],
            let found = find(method, rest.dropFirst(), at: literal, &arguments)
        {
            return found
        }
        guard let parameter = nodes[node].parameter, !segment.isEmpty else { return nil }
        arguments.append(Call.decode(segment))
        if let found = find(method, rest.dropFirst(), at: parameter, &arguments) { return found }
        arguments.removeLast()
        return nil
    }

    /// All scopes that operations name; some more than once.
    var scopes: [String] { operations.flatMap(\.scopes) }

    /// The operation at a path as the catalog writes it, or nil.
    func operation(_ verb: Verb, _ path: String) -> Auth0API.Operation? {
        node(path).flatMap { nodes[$0].operations[verb.rawValue] }.map { operations[$0] }
    }

    /// The operations of the items of a collection (`/clients/{id}`), by verb.
    func itemOperations(_ path: String) -> [Verb: Auth0API.Operation] {
        guard let node = node(path), let item = nodes[node].parameter else { return [:] }
        var found: [Verb: Auth0API.Operation] = [:]
        for (verb, index) in nodes[item].operations { found[Verb(rawValue: verb)!] = operations[index] }
        return found
    }

    private func node(_ path: String) -> Int? {
        var node = 0
        for segment in path.split(separator: "/") {
            let next = segment.first == "{" ? nodes[node].parameter : nodes[node].literals[String(segment)]
            guard let next else { return nil }
            node = next
        }
        return node
    }

    private func action(_ index: Int) -> Route.Action {
        if let known = actions.withLock({ $0[index] }) { return known }
        let made = makeAction(operations[index])
        actions.withLock { $0[index] = made }
        return made
    }

    private func makeAction(_ operation: Auth0API.Operation) -> Route.Action {
        if let special = Special(rawValue: operation.name) { return .special(special) }
        if let relation = Relation.at(operation.path) { return .links(relation) }
        let isItem = operation.path.hasSuffix("}")
        let path = isItem ? String(operation.path[..<operation.path.lastIndex(of: "/")!]) : operation.path
        guard let collection = ItemCollection(path, in: self) else { return .missing }
        switch (operation.verb, isItem) {
        case (.get, false): return .list(collection)
        case (.post, false): return .create(collection)
        case (.get, true): return .get(collection)
        case (.patch, true): return .update(collection)
        case (.put, true): return .replace(collection)
        case (.delete, true): return .delete(collection)
        default: return .missing
        }
    }
}
