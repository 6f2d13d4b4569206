// The public face: an Auth0 tenant in a box, started in a test, behind `luath run --demo`, or as `luath tenant`.
import Auth0API
import Hummingbird
import Logging
import NIOCore

/// A tenant that answers as Auth0 does, over real HTTP, reachable from this machine only.
///
/// ```swift
/// let tenant = try await DemoTenant.start()
/// defer { Task { await tenant.close() } }
/// let token = ...  // POST \(tenant.url)/oauth/token with tenant.clientID and tenant.clientSecret
/// ```
/// It holds applications, users, roles, organizations, connections, rules and actions made from a seed: the same seed
/// gives the same tenant. Several may run in one process. It runs until `close()`.
public struct DemoTenant: Sendable {
    /// Host and port: `127.0.0.1:8787`.
    public let domain: String
    /// What `AUTH0_DOMAIN` takes: `http://127.0.0.1:8787`.
    public let url: String
    /// The client that may do everything.
    public let clientID: String
    public let clientSecret: Secret

    private let tenant: Tenant
    private let server: Task<Void, any Error>

    /// Starts a tenant with a port, a file and a seed, and defaults for the rest.
    /// - Returns: once it listens.
    public static func start(port: Int = 0, dataFile: String? = nil, seed: UInt64 = 1) async throws -> DemoTenant {
        var options = Options()
        options.port = port
        options.dataFile = dataFile
        options.seed = seed
        return try await start(options)
    }

    /// Starts a tenant.
    /// - Returns: once it listens.
    /// - Throws: where the port is taken or the file cannot be used.
    public static func start(_ options: Options) async throws -> DemoTenant {
        async let routes = RouteTable.shared
        let tenant = try await Tenant.open(options)
        _ = await routes
        let host = options.usesIPv6 ? "::1" : "127.0.0.1"
        var configuration = ApplicationConfiguration(address: .hostname(host, port: options.port))
        configuration.backlog = 1024
        let logger = options.logger ?? Logger(label: "luath.tenant") { _ in SwiftLogNoOpLogHandler() }
        let (ports, port) = AsyncStream<Int>.makeStream()
        let application = Application(
            responder: TenantResponder(tenant: tenant), configuration: configuration,
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) }, logger: logger)
        let server = Task {
            defer { port.finish() }
            try await application.run()
        }
        guard let listening = await ports.first(where: { _ in true }) else {
            try await server.value
            throw CancellationError()
        }
        let domain = "\(options.usesIPv6 ? "[::1]" : host):\(listening)"
        let client = try tenant.demoClient()
        return DemoTenant(
            domain: domain, url: "http://\(domain)", clientID: client.id, clientSecret: client.secret, tenant: tenant,
            server: server)
    }

    /// Returns when the tenant has ended; ends it when the calling task is cancelled.
    /// - Throws: what ended the server, if not `close()` or cancellation.
    public func run() async throws {
        try await withTaskCancellationHandler {
            do { try await server.value } catch is CancellationError {}
        } onCancel: {
            server.cancel()
        }
    }

    /// Stops listening, ends open connections and closes the store. A second call does nothing.
    public func close() async {
        server.cancel()
        _ = await server.result
        try? tenant.store.close()
    }

    /// The last requests that the tenant answered, oldest first.
    public func requests() async -> [LoggedRequest] { tenant.log.entries }
}
