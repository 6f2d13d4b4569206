// `luath tenant`: the demo tenant as a server of its own.

import ArgumentParser
import DemoTenant
import Luath

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct TenantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant",
        abstract: "Serve a demo tenant on this machine.",
        discussion: """
            Prints AUTH0_DOMAIN, AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET when it is \
            ready, as lines of an env file, and serves until it is interrupted. Only \
            programs on this machine can reach it.

            Examples:
              luath tenant --port 8787
              luath tenant --port 8787 --data demo.sqlite > demo.env &
              luath run --env-file demo.env rename-clients --match '^test-' --replace 'qa-'
            """)

    @Option(help: "Port to listen on; 0 takes a free one.")
    var port = 0

    @Option(help: ArgumentHelp("Keep the tenant in this file, and go on with it the next time.", valueName: "file"))
    var data: String?

    @Option(help: "The same number gives the same tenant.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port is a number from 0 to 65535") }
    }

    func run() async throws {
        let tenant: DemoTenant
        do { tenant = try await DemoTenant.start(port: port, dataFile: data, seed: seed) } catch {
            let isInUse = "\(error)".contains("errno: \(EADDRINUSE)")
            StandardError.write(
                isInUse
                    ? "luath: port \(port) is in use (choose another, or --port 0 for a free one)"
                    : "luath: the demo tenant did not start: \(error)")
            throw ExitStatus.configuration.end
        }
        StandardOutput.write(
            """
            AUTH0_DOMAIN=\(tenant.url)
            AUTH0_CLIENT_ID=\(tenant.clientID)
            AUTH0_CLIENT_SECRET=\(tenant.clientSecret.reveal())

            """)
        StandardOutput.flush()
        let serving = Task { try await tenant.run() }
        let interruption = Interruption { serving.cancel() }
        try await serving.value
        await tenant.close()
        if let cause = interruption.cause { throw ExitStatus.End(status: cause.status) }
    }
}
