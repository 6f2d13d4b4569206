// `luath run`: a script, a recipe, standard input or a line of code against a tenant.

import ArgumentParser
import Auth0API
import Auth0Client
import DemoTenant
import Logging
import LuaHost
import Luath
import Synchronization

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        _superCommandName: "luath",
        abstract: "Run a Lua script or a recipe against a tenant.",
        usage: "luath run [options] (SCRIPT | -e CODE) [arguments]",
        discussion: """
            SCRIPT is a file, the name of a recipe, or - for standard input. Options \
            of luath come before it; what follows it reaches the script as '...' and \
            'arg', or a recipe as its parameters.

            The tenant comes from AUTH0_DOMAIN with AUTH0_CLIENT_ID and \
            AUTH0_CLIENT_SECRET (or AUTH0_API_TOKEN), from --env-file, or from \
            --profile; the first one that has a setting gives it.

            Examples:
              luath run --demo rename-clients --match '^test-' --replace 'qa-'
              luath run rename-clients --help
              luath run --env-file acme.env block.lua users.csv
              luath run --demo -e 'print(require("auth0").management.users.list().total)'

            Exit status: 0 done, 1 script error, 2 usage, 3 credentials or \
            configuration, 4 API, network or timeout error, 5 limit or deadline, 7 \
            refused by a safety rule, 130 and 143 interrupted.
            """)

    @OptionGroup var tenant: TenantOptions

    @Option(name: .customShort("e"), help: ArgumentHelp("Run this Lua code instead of a file.", valueName: "code"))
    var code: String?

    @Option(
        help: ArgumentHelp("Seconds, or a time such as 90s or 5m, for one request. (default: 60s)", valueName: "time"))
    var timeout: DurationArgument?

    @Option(help: ArgumentHelp("Retries of a failed request. (default: 2)", valueName: "number"))
    var maxRetries: Int?

    @OptionGroup(title: "Limits") var limits: LimitOptions

    @OptionGroup(title: "Permissions") var permissions: PermissionOptions

    @Option(
        help: ArgumentHelp(
            "How much to log to standard error. (default: info for what the script logs, else warning)",
            valueName: "level"))
    var logLevel: Logger.Level?

    @Argument(parsing: .captureForPassthrough, help: .hidden)
    var rest: [String] = []

    mutating func validate() throws {
        if code == nil, let first = rest.first, first == "--help" || first == "-h" { throw CleanExit.helpRequest(self) }
        if let first = rest.first, first.hasPrefix("-"), first != "-", code == nil {
            throw ValidationError(LuathOption.unknown(first))
        }
        if code == nil, rest.isEmpty {
            throw ValidationError("SCRIPT is missing: a file, a recipe's name, - or -e CODE")
        }
        if let maxRetries, maxRetries < 0 { throw ValidationError("--max-retries is a number from 0") }
    }

    func run() async throws {
        let script = try ScriptArgument(code: code, rest: rest).script()
        var options = ClientOptions()
        if let timeout { options.timeout = timeout.duration }
        if let maxRetries { options.retry.maxRetries = maxRetries }
        options.logger = Logger(label: "luath") { label in StreamLogHandler.standardError(label: label) }
        options.logger.logLevel = logLevel ?? .warning
        do {
            try await refuseLateOptions(script)
            let values = try tenant.values()
            if tenant.demo {
                let demo = try await DemoTenant.start()
                let status = try await execute(script, Self.settings(of: demo), options)
                await demo.close()
                throw ExitStatus.End(status: status)
            }
            let status = try await execute(script, { try TenantSettings(values) }, options)
            throw ExitStatus.End(status: status)
        } catch let error as APIError {
            StandardError.write("luath: \(error)")
            throw ExitStatus(kind: error.kind.rawValue).end
        }
    }

    private static func settings(of demo: DemoTenant) -> @Sendable () throws -> TenantSettings {
        let settings = TenantSettings(
            domain: demo.url, credentials: .clientCredentials(id: demo.clientID, secret: demo.clientSecret.reveal()),
            clientID: demo.clientID, authentication: .secret(demo.clientSecret))
        return { settings }
    }

    private func execute(
        _ script: Script, _ settings: @escaping @Sendable () throws -> TenantSettings, _ options: ClientOptions
    ) async throws -> Int32 {
        var host = ScriptHost(tenant: settings)
        host.options = options
        host.permissions = try permissions.permissions()
        host.logger = Logger(label: script.name) { _ in ScriptLog(logLevel: logLevel ?? .info) }
        host.limits = limits.limits
        let running = Mutex<Task<RunOutcome, any Error>?>(nil)
        let interruption = Interruption { running.withLock { $0?.cancel() } }
        let flusher = OutputFlusher { interruption.end(.output) }
        host.print = { bytes in
            StandardOutput.write(bytes)
            flusher.start()
        }
        let task = Task { [host] in try await host.run(script) }
        running.withLock { $0 = task }
        defer { flusher.stop() }
        let result = await task.result
        switch interruption.cause {
        case .signal:
            StandardError.write("luath: interrupted")
            return interruption.cause?.status ?? 0
        case .output: return ExitStatus.script.rawValue
        case nil: break
        }
        do {
            switch try result.get() {
            case .finished: return 0
            case .exited(let status): return status
            }
        } catch let error as ScriptError {
            Failure(error, script: script.name).write(showsTraceback: (logLevel ?? .warning) <= .debug)
            let isRefusedToken = error.kind == "api" && error.statusCode == 401
            return (isRefusedToken ? .configuration : ExitStatus(kind: error.kind)).rawValue
        }
    }

    /// A Luath option after SCRIPT must never be taken for one that was obeyed.
    private func refuseLateOptions(_ script: Script) async throws {
        guard let late = LuathOption.first(in: code == nil ? Array(rest.dropFirst()) : rest) else { return }
        let declared =
            code != nil ? nil : await ScriptHost(tenant: { throw ExitStatus.usage.end }).description(of: script)
        if let declared, LuathOption.help.contains(late) || declared.parameters.contains(where: { $0.option == late }) {
            return
        }
        StandardError.write(
            "luath: '\(late)' came after '\(script.name)'; options of luath come before it (put -- before an argument of the script)"
        )
        throw ExitStatus.usage.end
    }
}

/// A duration on the command line.
struct DurationArgument: ExpressibleByArgument {
    let duration: Duration
    init?(argument: String) {
        guard let duration = Duration(text: argument), duration > .zero else { return nil }
        self.duration = duration
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
