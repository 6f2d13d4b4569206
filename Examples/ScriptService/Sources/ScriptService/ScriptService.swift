// The program: reads its settings from the environment and serves until it is told to stop.

import Foundation
import Hummingbird
import Luath

@main
struct ScriptService {
    static func main() async throws {
        let environment = ProcessInfo.processInfo.environment
        let runs = try RunController(tenant: { try TenantSettings { environment[$0] } })
        let port = environment["PORT"].flatMap { Int($0) } ?? 8080
        try await application(runs, address: .hostname("127.0.0.1", port: port)).runService()
    }

    static func application(
        _ runs: RunController, address: BindAddress = .hostname("127.0.0.1", port: 0)
    ) -> some ApplicationProtocol {
        let router = Router()
        router.post("run", use: runs.run)
        return Application(router: router, configuration: ApplicationConfiguration(address: address))
    }
}
