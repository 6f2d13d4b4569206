// `POST /run`: one script, run under the service's limits.

import Auth0Client
import Foundation
import Hummingbird
import LuaHost
import Luath
import Synchronization

struct RunController: Sendable {
    let host: ScriptHost
    var deadline = Duration.seconds(10)
    /// How many scripts run at the same time.
    let slots: RunSlots

    /// - Parameter tenant: whom the scripts may read.
    init(
        tenant: @escaping @Sendable () throws -> TenantSettings, deadline: Duration = .seconds(10), slots: Int = 4
    ) throws {
        var host = ScriptHost(tenant: tenant)
        host.permissions.isReadOnly = true
        // All runs share one pool of connections.
        host.options.transport = try HTTPTransport()
        self.host = host
        self.deadline = deadline
        self.slots = RunSlots(slots)
    }

    @Sendable func run(_ request: Request, context: some RequestContext) async throws -> Response {
        guard slots.take() else {
            return RunAnswer.refused("too many scripts run at the moment").response(.serviceUnavailable, retryAfter: 1)
        }
        defer { slots.give() }
        // A client that goes away takes its script with it.
        return try await request.body.consumeWithCancellationOnInboundClose { body in
            let text = String(buffer: try await body.collect(upTo: 1 << 20))
            return await answer(to: text, context)
        }
    }

    private func answer(to text: String, _ context: some RequestContext) async -> Response {
        let output = Output()
        var host = host
        host.print = { output.write($0) }
        host.logger = context.logger
        host.modules["request"] = HostModule(values: ["id": .string(context.id)])
        do {
            let values = try await finish(Script(text, name: "posted"), on: host)
            return RunAnswer(output: output.text, result: values).response(.ok)
        } catch let error as ScriptError {
            let isLate = error.kind == "cancelled"
            let failure = RunAnswer.Failure(
                kind: isLate ? "limit" : error.kind ?? "script",
                message: isLate ? "the script took longer than \(deadline)" : error.message, position: error.position)
            let status: HTTPResponse.Status =
                isLate ? .requestTimeout : error.kind == "permission" ? .forbidden : .unprocessableContent
            return RunAnswer(output: output.text, error: failure).response(status)
        } catch {
            return RunAnswer.refused("the script could not be started").response(.internalServerError)
        }
    }

    /// The script's results; its deadline cancels it, and it ends in order.
    private func finish(_ script: Script, on host: ScriptHost) async throws -> [LuaValue] {
        try await withThrowingTaskGroup(of: RunOutcome?.self) { group in
            group.addTask { try await host.run(script) }
            group.addTask {
                try? await Task.sleep(for: deadline)
                return nil
            }
            while let outcome = try await group.next() {
                group.cancelAll()
                if let outcome { return outcome.values }
            }
            return []
        }
    }
}

/// What a script prints, up to 64 KiB.
private final class Output: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

    func write(_ more: UnsafeRawBufferPointer) {
        bytes.withLock { $0.append(contentsOf: more.prefix((64 << 10) - $0.count)) }
    }
}
