// Measures what Luath promises to be fast at, each against a floor in the same run. Started by scripts/bench.

import DemoTenant

@main
enum Main {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        if let position = arguments.firstIndex(of: "--serve") {
            return try await serve(users: Int(arguments[position + 1]) ?? 2_500)
        }
        let names = arguments.filter { !$0.hasPrefix("-") }
        func wants(_ name: String) -> Bool { names.isEmpty || names.contains(name) }
        if wants("await") { try await AwaitBench.run() }
        if wants("json") { try await JSONBench.run() }
        if wants("guards") { try await GuardBench.run() }
        if wants("start") { try StartBench.run() }
        if wants("memory") { try await MemoryBench.run() }
        if wants("requests") { try await RequestBench.run() }
    }

    /// A tenant in a process of its own, so that its CPU and memory are not counted with the client's.
    private static func serve(users: Int) async throws {
        var options = DemoTenant.Options()
        options.users = users
        let tenant = try await DemoTenant.start(options)
        print(
            "AUTH0_DOMAIN=\(tenant.url)\nAUTH0_CLIENT_ID=\(tenant.clientID)\nAUTH0_CLIENT_SECRET=\(tenant.clientSecret.reveal())"
        )
        fflushStandardOutput()
        try await tenant.run()
    }
}
