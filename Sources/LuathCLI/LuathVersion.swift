// The version that `--version` and the telemetry header give.

import Auth0Client

enum LuathVersion {
    static let text = Telemetry.defaultVersion
}
