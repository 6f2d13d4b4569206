// The tenant itself, without its sockets: one request goes in, one answer comes out.
import Auth0API

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// State and services of one tenant.
final class Tenant: Sendable {
    let store: Store
    let tokens: Tokens
    let options: DemoTenant.Options
    let log: RequestLog

    init(store: Store, tokens: Tokens, options: DemoTenant.Options) {
        self.store = store
        self.tokens = tokens
        self.options = options
        log = RequestLog(capacity: options.rememberedRequests)
    }

    /// Answers a request; whatever goes wrong becomes an answer too.
    func answer(_ call: Call) async -> Answer {
        var answer: Answer
        do {
            answer =
                if call.path.hasPrefix("/api/v2/") { try await manage(call) } else { try await authenticate(call) }
        } catch let refusal as Refusal {
            answer = refusal.answer
        } catch {
            options.logger?.error("\(call.method) \(call.path) failed: \(error)")
            answer = Refusal(500, "the demo tenant failed: \(error)").answer
        }
        if call.path.hasPrefix("/api/v2/") { limitHeaders(&answer) }
        return answer
    }

    /// One request to the Management API, told apart by the catalog.
    private func manage(_ call: Call) async throws -> Answer {
        guard let (route, arguments) = RouteTable.shared.find(call.method, call.path.dropFirst(7)) else {
            throw Refusal.unknownPath
        }
        let operation = route.operation
        do {
            let grant = try await authorize(call, operation)
            var answer = try perform(route.action, Invocation(call, operation, arguments, grant))
            answer.operation = operation.name
            return answer
        } catch var refusal as Refusal {
            refusal.answer.operation = operation.name
            throw refusal
        }
    }

    private func perform(_ action: Route.Action, _ invocation: Invocation) throws -> Answer {
        switch action {
        case .list(let collection): try list(collection, invocation)
        case .get(let collection): try get(collection, invocation)
        case .create(let collection): try create(collection, invocation)
        case .update(let collection): try change(collection, invocation, replacing: false)
        case .replace(let collection): try change(collection, invocation, replacing: true)
        case .delete(let collection): try delete(collection, invocation)
        case .links(let relation): try links(relation, invocation)
        case .special(let special): try perform(special, invocation)
        case .missing: throw Refusal.notThereYet(invocation.operation.name)
        }
    }

    /// Headers as Auth0 sends them, of a tenant whose limit is out of reach: nobody is ever refused.
    private func limitHeaders(_ answer: inout Answer) {
        answer.headers[.rateLimit] = "10000"
        answer.headers[.rateRemaining] = "9999"
        answer.headers[.rateReset] = String(Int(options.now().timeIntervalSince1970) + 1)
    }

    /// The time as documents carry it.
    var timestamp: String { Timestamp.text(milliseconds: Int64(options.now().timeIntervalSince1970 * 1000)) }
}
