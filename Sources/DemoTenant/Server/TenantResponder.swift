// Between Hummingbird and the tenant: HTTP requests become calls, answers become responses. Nothing is decided here.
import HTTPTypes
import Hummingbird
import NIOCore

/// Serves one tenant.
struct TenantResponder: HTTPResponder {
    typealias Context = BasicRequestContext
    let tenant: Tenant
    /// Larger bodies are refused with 413.
    static let mostBytes = 4 << 20

    func respond(to request: Request, context: Context) async throws -> Response {
        let target = request.head.path ?? "/"
        var body: [UInt8] = []
        if request.method != .get {
            do {
                body = Array(buffer: try await request.body.collect(upTo: Self.mostBytes))
            } catch is NIOTooManyBytesError {
                return response(Refusal(413, "Payload content length greater than maximum allowed").answer)
            }
        }
        let call = Call(
            method: request.method.rawValue, target: target, host: request.head.authority ?? "",
            authorization: request.headers[.authorization], contentType: request.headers[.contentType] ?? "",
            body: body)
        let answer = await tenant.answer(call)
        tenant.log.add(
            DemoTenant.LoggedRequest(
                method: call.method, path: target, status: answer.status, operation: answer.operation))
        return response(answer)
    }

    private func response(_ answer: Answer) -> Response {
        var headers = answer.headers
        if !answer.body.isEmpty, headers[.contentType] == nil {
            headers[.contentType] = "application/json; charset=utf-8"
        }
        return Response(
            status: .init(code: answer.status), headers: headers,
            body: answer.body.isEmpty ? .init() : .init(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}

extension HTTPField.Name {
    static let rateLimit = Self("x-ratelimit-limit")!
    static let rateRemaining = Self("x-ratelimit-remaining")!
    static let rateReset = Self("x-ratelimit-reset")!
}
