// A request or response type of the API, as the catalog names it.

/// A named type: an object with fields, or a choice between other types.
public struct Shape: Sendable, Hashable {
    public let name: String
    /// Fields of an object; empty for a choice.
    public let fields: [Field]
    /// What properties outside `fields` hold (`any`, `string`, a shape's name); nil when there are none.
    public let additional: String?
    /// The alternatives of a choice; empty for an object.
    public let anyOf: [String]
}
