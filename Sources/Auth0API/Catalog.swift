// The catalog of operations and shapes: looked up by name, one line decoded at a time, so that a script pays for what it
// calls.

import CCatalog
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// All operations and shapes. There is one catalog; it is read-only.
public final class Catalog: Sendable {
    public static let shared = Catalog()
    init() {}

    /// What has been looked at so far. Pointers lead into the program's constant data.
    private struct State {
        var files: [File: CatalogLines] = [:]
        var operations: [API: [String: Operation]] = [:]
        var shapes: [String: Shape] = [:]

        mutating func lines(_ file: File) -> CatalogLines {
            if let known = files[file] { return known }
            let made = file.open()
            files[file] = made
            return made
        }
    }

    private enum File: Hashable {
        case operations(API)
        case overlay
        case shapes

        func open() -> CatalogLines {
            switch self {
            case .operations(.management):
                CatalogLines(luath_catalog_management(), count: luath_catalog_management_length())
            case .operations(.authentication):
                CatalogLines(luath_catalog_authentication(), count: luath_catalog_authentication_length())
            case .operations(.userinfo):
                CatalogLines(luath_catalog_userinfo(), count: luath_catalog_userinfo_length())
            case .overlay: CatalogLines(luath_catalog_overlay(), count: luath_catalog_overlay_length())
            case .shapes: CatalogLines(luath_catalog_shapes(), count: luath_catalog_shapes_length())
            }
        }
    }

    private let state = Mutex(State())

    /// The operation of that dotted name (`clients.update`), or nil.
    public func operation(_ name: String, in api: API) -> Operation? {
        state.withLock { state in
            if let known = state.operations[api]?[name] { return known }
            let lines = state.lines(.operations(api))
            guard let index = lines.find(name) else { return nil }
            let overlay = state.lines(.overlay)
            let ours = overlay.find("\(api.rawValue)/\(name)").map {
                Self.decode(OverlayLine.self, overlay.line($0))
            }
            let made = Operation(Self.decode(OperationLine.self, lines.line(index)), overlay: ours, api: api)
            state.operations[api, default: [:]][name] = made
            return made
        }
    }

    /// Whether operations are named `prefix.…`.
    public func hasOperations(under prefix: String, in api: API) -> Bool {
        state.withLock { $0.lines(.operations(api)).hasName(startingWith: prefix + ".") }
    }

    /// All dotted names of an API, sorted.
    public func names(in api: API) -> [String] { names(.operations(api)) }

    /// All operations of an API in the order of their names; decodes every line.
    public func operations(in api: API) -> [Operation] { names(in: api).compactMap { operation($0, in: api) } }

    /// The shape of that name, or nil.
    public func shape(_ name: String) -> Shape? {
        state.withLock { state in
            if let known = state.shapes[name] { return known }
            let lines = state.lines(.shapes)
            guard let index = lines.find(name) else { return nil }
            let made = Self.decode(Shape.self, lines.line(index))
            state.shapes[name] = made
            return made
        }
    }

    /// Name, verb and path of each Management operation.
    func placesOfManagement() -> [(name: String, verb: String, path: String)] {
        state.withLock { state in
            let lines = state.lines(.operations(.management))
            return (0..<lines.count).map { lines.place($0) }
        }
    }

    /// The names of all shapes, sorted.
    public var shapeNames: [String] { names(.shapes) }

    /// The names in the overlay, `api/operation`, sorted.
    var overlayNames: [String] { names(.overlay) }

    private func names(_ file: File) -> [String] {
        state.withLock { state in
            let lines = state.lines(file)
            return (0..<lines.count).map { lines.name($0) }
        }
    }

    /// - Precondition: the line is one that the tests have decoded; the bytes are part of the program.
    static func decode<Line: Decodable>(_ type: Line.Type, _ line: UnsafeBufferPointer<UInt8>) -> Line {
        do {
            return try JSONDecoder().decode(type, from: Data(line))
        } catch {
            preconditionFailure("the catalog holds a line that cannot be read: \(error)")
        }
    }
}
