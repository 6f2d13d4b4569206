// Speaks real HTTP to a demo tenant, as any client would.
import AsyncHTTPClient
import Auth0API
import Foundation
import NIOCore

@testable import DemoTenant

/// Someone with a token for a tenant.
struct Visitor {
    let tenant: DemoTenant
    var token: String?

    struct Reply {
        let status: Int
        let json: JSON
        let text: String
        let headers: [String: String]

        subscript(name: String) -> JSON? { json.object?[name] }
        var count: Int { json.array?.count ?? -1 }
    }

    /// Starts a tenant, hands a visitor with all scopes to `body`, and closes the tenant.
    static func visit(
        users: Int = 60, _ configure: (inout DemoTenant.Options) -> Void = { _ in },
        _ body: (Visitor) async throws -> Void
    ) async throws {
        var options = DemoTenant.Options()
        options.users = users
        configure(&options)
        let tenant = try await DemoTenant.start(options)
        do {
            var visitor = Visitor(tenant: tenant)
            visitor.token = try await visitor.fetchToken()
            try await body(visitor)
        } catch {
            await tenant.close()
            throw error
        }
        await tenant.close()
    }

    func fetchToken(scope: String? = nil) async throws -> String {
        var request: JSON.Object = [
            "grant_type": "client_credentials", "client_id": .string(tenant.clientID),
            "client_secret": .string(tenant.clientSecret.reveal()), "audience": .string("\(tenant.url)/api/v2/"),
        ]
        if let scope { request["scope"] = .string(scope) }
        return try await post("/oauth/token", .object(request))["access_token"]?.string ?? ""
    }

    func get(_ path: String) async throws -> Reply { try await send("GET", path) }
    func post(_ path: String, _ body: JSON) async throws -> Reply { try await send("POST", path, body.bytes) }
    func patch(_ path: String, _ body: JSON) async throws -> Reply { try await send("PATCH", path, body.bytes) }
    func delete(_ path: String) async throws -> Reply { try await send("DELETE", path) }

    /// Paths that do not start with `/` are below `/api/v2/`.
    func send(
        _ method: String, _ path: String, _ body: [UInt8]? = nil, contentType: String = "application/json"
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: tenant.url + (path.hasPrefix("/") ? path : "/api/v2/\(path)"))
        request.method = .init(rawValue: method)
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let body {
            request.headers.add(name: "Content-Type", value: contentType)
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        // A tenant that is started again on its port must not be met through the old one's connection.
        request.headers.replaceOrAdd(name: "Connection", value: "close")
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let bytes = Array(buffer: try await response.body.collect(upTo: 16 << 20))
        var headers: [String: String] = [:]
        for header in response.headers { headers[header.name.lowercased()] = header.value }
        return Reply(
            status: Int(response.status.code), json: (try? JSON(bytes)) ?? .null,
            text: String(decoding: bytes, as: UTF8.self), headers: headers)
    }
}
