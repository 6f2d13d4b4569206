// The shell around the items of a list: a bare array, or an object whose other members the answer's shape names.
import Auth0API

/// How one operation writes a list.
struct ListForm {
    /// The member that holds the items; nil for a bare array.
    let key: String?
    /// Whether `include_totals` decides between a bare array and an object.
    let hasTotals: Bool
    /// The shape's own members; those of `start`, `total` and so on that it has are written.
    private let members: Set<String>

    init(_ operation: Auth0API.Operation) {
        let shape = operation.response.flatMap(Catalog.shared.shape)
        let fields = (shape?.fields ?? []) + (shape?.anyOf.compactMap(Catalog.shared.shape).flatMap(\.fields) ?? [])
        members = Set(fields.map(\.name))
        key = operation.paging?.listKey ?? fields.first { $0.type == .array }?.name
        hasTotals = operation.query.contains { $0.name == "include_totals" } || !members.contains("total")
    }

    func open(_ output: inout [UInt8], bare: Bool) {
        if bare {
            output.append(UInt8(ascii: "["))
        } else {
            output.append(contentsOf: "{\"\(key ?? "items")\":[".utf8)
        }
    }

    func close(_ output: inout [UInt8], bare: Bool, _ numbers: [(name: String, value: Int)]) {
        output.append(UInt8(ascii: "]"))
        guard !bare else { return }
        let plain = !members.contains("total")
        for (name, value) in numbers
        where members.contains(name) || (plain && ["start", "limit", "total"].contains(name)) {
            output.append(contentsOf: ",\"\(name)\":\(value)".utf8)
        }
        output.append(UInt8(ascii: "}"))
    }

    func close(_ output: inout [UInt8], next: String?) {
        output.append(UInt8(ascii: "]"))
        if let next { output.append(contentsOf: ",\"next\":\"\(next)\"".utf8) }
        output.append(UInt8(ascii: "}"))
    }
}
