// A transport that answers from a closure and keeps what it was asked.

import Auth0API
import Auth0Client
import LuaHost
import Luath
import Synchronization

final class ScriptedTransport: Transport {
    private let answer: @Sendable (APIRequest, Int) -> APIResponse
    private let log = Mutex<[APIRequest]>([])
    init(_ answer: @escaping @Sendable (APIRequest, Int) -> APIResponse) { self.answer = answer }

    var requests: [APIRequest] { log.withLock { $0 } }

    func send(_ request: APIRequest, timeout: Duration) async throws(APIError) -> APIResponse {
        let number = log.withLock { log in
            log.append(request)
            return log.count
        }
        return answer(request, number)
    }
}

extension APIResponse {
    static func json(_ text: String, status: Int = 200, headers: [(name: String, value: String)] = []) -> APIResponse {
        APIResponse(
            status: status, headers: Headers([("content-type", "application/json")] + headers), body: Array(text.utf8),
            url: "https://tenant.auth0.com")
    }
}

final class Printed: Sendable {
    private let text = Mutex("")
    func write(_ bytes: UnsafeRawBufferPointer) { text.withLock { $0 += String(decoding: bytes, as: UTF8.self) } }
    var lines: [String] { text.withLock { $0.split(separator: "\n").map(String.init) } }
}

/// Runs Lua against a transport with a static token and gives what it printed.
func run(
    _ source: String, _ transport: ScriptedTransport, arguments: [String] = [],
    _ change: (inout ScriptHost) -> Void = { _ in }
) async throws -> [String] {
    let printed = Printed()
    var host = ScriptHost(tenant: TenantSettings(domain: "tenant.auth0.com", credentials: .token(Secret("tok"))))
    host.options.transport = transport
    host.options.retry.maxRetries = 0
    host.permissions.allowsDelete = true
    host.print = { printed.write($0) }
    change(&host)
    try await host.run(Script(source: Array(source.utf8), name: "test", arguments: arguments.map { .string($0) }))
    return printed.lines
}
