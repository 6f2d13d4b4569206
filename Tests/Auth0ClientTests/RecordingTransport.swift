// A transport without a network: answers from a closure, and keeps what was sent.

import Auth0API
import Synchronization

final class RecordingTransport: Transport {
    typealias Answer = @Sendable (APIRequest, Int) async throws(APIError) -> APIResponse
    struct Sent: Sendable {
        let request: APIRequest
        let timeout: Duration
    }
    private let sent = Mutex([Sent]())
    private let answer: Answer

    /// - Parameter answer: gets the request and how many came before it.
    init(_ answer: @escaping Answer) { self.answer = answer }

    var requests: [APIRequest] { sent.withLock { $0.map(\.request) } }
    var timeouts: [Duration] { sent.withLock { $0.map(\.timeout) } }
    func count(_ suffix: String) -> Int { requests.count { $0.url.hasSuffix(suffix) } }

    func send(_ request: APIRequest, timeout: Duration) async throws(APIError) -> APIResponse {
        let number = sent.withLock { sent in
            sent.append(Sent(request: request, timeout: timeout))
            return sent.count - 1
        }
        return try await answer(request, number)
    }
}

extension APIResponse {
    static func json(_ status: Int, _ body: String = "{}", _ headers: [(String, String)] = []) -> APIResponse {
        APIResponse(
            status: status, headers: Headers([("content-type", "application/json; charset=utf-8")] + headers),
            body: Array(body.utf8), url: "https://acme.auth0.com/")
    }
    static func token(_ token: String, expiresIn: Int = 86_400) -> APIResponse {
        .json(200, #"{"access_token":"\#(token)","expires_in":\#(expiresIn),"token_type":"Bearer"}"#)
    }
}
