// The options that allow a script more, or less, than reading and writing the run's tenant.

import ArgumentParser
import Auth0API
import Auth0Client
import Luath

struct PermissionOptions: ParsableArguments {
    @Flag(help: "Send nothing that changes the tenant.")
    var readOnly = false

    @Flag(help: "Send operations that delete.")
    var allowDelete = false

    @Option(
        help: ArgumentHelp(
            "Call only these operations: names and scopes with commas between them, such as 'clients.*,read:users'.",
            valueName: "operations"))
    var allowApi: [String] = []

    @Option(help: ArgumentHelp("Do not call these operations.", valueName: "operations"))
    var denyApi: [String] = []

    @Option(help: ArgumentHelp("A file or folder that the script may read.", valueName: "path"))
    var allowRead: [String] = []

    @Option(help: ArgumentHelp("A file or folder that the script may not read.", valueName: "path"))
    var denyRead: [String] = []

    @Option(help: ArgumentHelp("A file or folder that the script may write.", valueName: "path"))
    var allowWrite: [String] = []

    @Option(help: ArgumentHelp("A file or folder that the script may not write.", valueName: "path"))
    var denyWrite: [String] = []

    @Option(help: ArgumentHelp("An environment variable that the script may read.", valueName: "name"))
    var allowEnv: [String] = []

    @Option(help: ArgumentHelp("A host besides the tenant that the script may call.", valueName: "host"))
    var allowNet: [String] = []

    func validate() throws { _ = try permissions() }

    /// - Throws: `ValidationError` for a value that can mean nothing.
    func permissions() throws -> Permissions {
        for (option, values) in [
            ("--allow-read", allowRead), ("--deny-read", denyRead), ("--allow-write", allowWrite),
            ("--deny-write", denyWrite), ("--allow-env", allowEnv),
        ] where values.contains("") {
            throw ValidationError("\(option) is empty")
        }
        for host in allowNet {
            do throws(APIError) { _ = try TenantAddress(host) } catch {
                throw ValidationError("--allow-net: \(error.advice)")
            }
        }
        var permissions = Permissions()
        permissions.isReadOnly = readOnly
        permissions.allowsDelete = allowDelete
        permissions.allowedOperations = allowApi.isEmpty ? nil : try Self.patterns(allowApi, "--allow-api")
        permissions.deniedOperations = try Self.patterns(denyApi, "--deny-api")
        permissions.readablePaths = allowRead
        permissions.unreadablePaths = denyRead
        permissions.writablePaths = allowWrite
        permissions.unwritablePaths = denyWrite
        permissions.environmentNames = allowEnv
        permissions.hosts = allowNet
        return permissions
    }

    private static func patterns(_ lists: [String], _ option: String) throws -> [OperationPattern] {
        do throws(APIError) {
            var patterns: [OperationPattern] = []
            for list in lists { patterns += try OperationPattern.list(list) }
            return patterns
        } catch {
            throw ValidationError("\(option): \(error.advice)")
        }
    }
}

extension APIError {
    /// What is wrong and what to do, without the name of an error class.
    fileprivate var advice: String { message + (hint.map { " (\($0))" } ?? "") }
}
