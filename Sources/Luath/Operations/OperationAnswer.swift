// From an answer to Lua values: parsed off or on the Lua thread by size, pushed in one protected call.

import Auth0API
import LuaHost

/// A response whose body is ready to be pushed.
struct OperationAnswer: Sendable {
    private enum Content: Sendable {
        case nothing
        case text([UInt8])
        case document(LuaJSON)
    }
    let response: APIResponse
    private let content: Content

    /// Above this size parsing would hold up the script's other tasks, so it moves to Swift's own threads.
    private static let parsedInPlace = 64 << 10

    /// - Throws: `APIError` of kind `parse` for a body that is not JSON.
    init(_ response: APIResponse, operation: Operation) async throws {
        self.response = response
        if response.body.isEmpty {
            content = .nothing
        } else if operation.response == "text" {
            content = .text(response.body)
        } else {
            do {
                let document =
                    response.body.count > Self.parsedInPlace
                    ? try await Task.detached { try LuaJSON(response.body) }.value : try LuaJSON(response.body)
                content = .document(document)
            } catch {
                // A text where no JSON is promised is no reason to call a success a failure.
                let isPage = response.headers["content-type"]?.contains("html") ?? false
                guard operation.response == nil, !response.isJSON, !isPage else {
                    throw Self.unreadable("\(error)", response, operation)
                }
                content = .text(response.body)
            }
        }
    }

    private static func unreadable(_ reason: String, _ response: APIResponse, _ operation: Operation) -> APIError {
        APIError(
            .parse, name: "ParseError", message: "the answer cannot be read: \(reason)", operation: operation.name,
            status: response.status, hint: "the answer may have been cut short, or come from a proxy",
            attempts: response.attempts, response: response, outcomeUnknown: operation.effect == .write)
    }

    /// Pushes the body: nil for none.
    func pushBody(_ stack: LuaStack, operation: Operation) throws {
        switch content {
        case .nothing: try stack.pushNil()
        case .text(let bytes): try stack.push(bytes: bytes)
        case .document(let document):
            do throws(LuaError) { try stack.push(document) } catch {
                throw Self.unreadable(error.message, response, operation)
            }
        }
    }
}
