// The module `env`: environment variables that the run was allowed to see, as texts or as secrets.

import Auth0API
import LuaHost

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A secret that a script holds without seeing it.
struct EnvironmentSecret: Sendable {
    /// Of the variable; what can be written down in place of the value.
    let name: String
    let value: Secret
}

struct EnvironmentModule: Sendable {
    let permissions: Permissions
    let secrets: RunSecrets

    var functions: [HostFunction] {
        [
            HostFunction("get") { call in
                try call.stack.push(try value(call, "env.get").value.map { .string($0) } ?? .nil)
                return .values(1)
            },
            HostFunction("secret") { call in
                let (name, value) = try value(call, "env.secret")
                guard let value, !value.isEmpty else {
                    throw LuaError(
                        name: "ConfigurationError", kind: "config",
                        message: "env.secret: the environment variable '\(name)' is not set, or empty")
                }
                let secret = EnvironmentSecret(name: name, value: Secret(value))
                secrets.add(secret.value)
                try call.stack.push(secret: secret)
                return .values(1)
            },
        ]
    }

    /// The variable that the first argument names; nil when it is unset.
    func value(_ call: LuaCall, _ function: String) throws -> (name: String, value: String?) {
        guard let name = call.string(1), !name.isEmpty else {
            throw LuaError.argument("\(function) takes a name, got \(call.typeName(1))")
        }
        try permissions.checkEnvironment(name)
        return (name, ProcessInfo.processInfo.environment[name])
    }
}
