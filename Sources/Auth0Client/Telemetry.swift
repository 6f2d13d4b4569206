// The header by which Auth0 sees which SDKs call it.

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What the `Auth0-Client` header says: name and version of this program and of its language.
public struct Telemetry: Sendable {
    public var name = "luath"
    public var version = Telemetry.defaultVersion
    /// Names and versions of what the program runs on.
    public var environment = ["swift": "6.3"]

    /// The version of Luath.
    public static let defaultVersion = "0.1.0"

    public init() {}

    private struct Content: Encodable {
        let name: String
        let version: String
        let env: [String: String]
    }

    /// The header's value: JSON in base64url; nil when the name is empty, which leaves the header out.
    var headerValue: String? {
        guard !name.isEmpty else { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(Content(name: name, version: version, env: environment)) else {
            return nil
        }
        return String(
            json.base64EncodedString().compactMap { character -> Character? in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            })
    }
}
