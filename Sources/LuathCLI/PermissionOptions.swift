// The options that allow a script more, or less, than reading and writing the run's tenant.

import ArgumentParser
import Luath

struct PermissionOptions: ParsableArguments {
    @Flag(help: "Send nothing that changes the tenant.")
    var readOnly = false

    @Flag(help: "Send operations that delete.")
    var allowDelete = false

    @Option(help: ArgumentHelp("A file or folder that the script may read.", valueName: "path"))
    var allowRead: [String] = []

    @Option(help: ArgumentHelp("A file or folder that the script may write.", valueName: "path"))
    var allowWrite: [String] = []

    @Option(help: ArgumentHelp("An environment variable that the script may read.", valueName: "name"))
    var allowEnv: [String] = []

    @Option(help: ArgumentHelp("A host besides the tenant that the script may call.", valueName: "host"))
    var allowNet: [String] = []

    var permissions: Permissions {
        var permissions = Permissions()
        permissions.isReadOnly = readOnly
        permissions.allowsDelete = allowDelete
        permissions.readablePaths = allowRead
        permissions.writablePaths = allowWrite
        permissions.environmentNames = allowEnv
        permissions.hosts = allowNet
        return permissions
    }
}
