// Which members of a document an answer shows.

/// The `fields` and `include_fields` of a query, a type's own members, or members that a token may not see.
struct Projection {
    private var only: Set<Substring>?
    private var hidden: Set<Substring> = []

    /// Shows everything.
    static let all = Projection()

    private init() {}

    /// - Parameters:
    ///   - fields: names separated by commas; `user_metadata.plan` means `user_metadata`. nil or empty shows all.
    ///   - include: false hides these members instead.
    init(fields: String?, include: Bool) {
        guard let fields, !fields.isEmpty else { return }
        let names = Set(fields.split(separator: ",").map { $0.prefix { $0 != "." } })
        if include { only = names } else { hidden = names }
    }

    /// Shows at most these members.
    mutating func restrict(to names: some Sequence<String>) {
        let names = Set(names.map { Substring($0) })
        only = only.map { $0.intersection(names) } ?? names
    }
    /// Hides these members.
    mutating func hide(_ names: some Sequence<String>) { hidden.formUnion(names.map { Substring($0) }) }

    /// Whether a document is shown as it is stored.
    var isEverything: Bool { only == nil && hidden.isEmpty }

    func callAsFunction(_ object: JSON.Object) -> JSON.Object {
        JSON.Object(
            object.members.filter { only?.contains(Substring($0.name)) ?? true && !hidden.contains(Substring($0.name)) }
        )
    }
}
