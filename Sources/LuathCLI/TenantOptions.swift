// The options that say which tenant a run is for, in the order in which they win.

import ArgumentParser
import Auth0API
import Luath

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct TenantOptions: ParsableArguments {
    @Flag(help: "Run against a demo tenant that lives for this run only.")
    var demo = false

    @Option(help: ArgumentHelp("Read the tenant from the env file $XDG_CONFIG_HOME/luath/NAME.env.", valueName: "name"))
    var profile: String?

    @Option(help: ArgumentHelp("Read the tenant from an env file (AUTH0_DOMAIN=… lines).", valueName: "file"))
    var envFile: String?

    /// The first of environment, env file and profile that has a setting gives it.
    ///
    /// - Throws: `APIError` of kind `config` for a file that cannot be read, or that others can read.
    func values() throws -> @Sendable (String) -> String? {
        let environment = ProcessInfo.processInfo.environment
        var files: [EnvFile] = []
        if let envFile { files.append(try EnvFile(path: envFile)) }
        if let profile { files.append(try EnvFile(path: try profilePath(profile), isPrivate: true)) }
        let domains = [environment["AUTH0_DOMAIN"]] + files.map { $0["AUTH0_DOMAIN"] }
        let domain = domains.compactMap { $0 }.first { !$0.isEmpty }
        // A file for another tenant must not give its credentials to this one.
        let matching = files.filter {
            $0["AUTH0_DOMAIN"] == nil || $0["AUTH0_DOMAIN"] == "" || $0["AUTH0_DOMAIN"] == domain
        }
        if matching.count < files.count {
            StandardError.write(
                "luath: note: the run is for \(domain ?? ""), which wins over another AUTH0_DOMAIN in a file")
        }
        // Credentials belong to the tenant that they came with: where a file names the tenant and how to get in, what the
        // environment says about another one stays out.
        let own =
            (environment["AUTH0_DOMAIN"] ?? "").isEmpty
            ? matching.first { file in
                !(file["AUTH0_DOMAIN"] ?? "").isEmpty && Self.credentials.contains { !(file[$0] ?? "").isEmpty }
            } : nil
        return { [matching] name in
            if let own, Self.credentials.contains(name) { return own[name].flatMap { $0.isEmpty ? nil : $0 } }
            for value in [environment[name]] + matching.map({ $0[name] }) {
                if let value, !value.isEmpty { return value }
            }
            return nil
        }
    }

    private static let credentials: Set = [
        "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET", "AUTH0_API_TOKEN", "AUTH0_CLIENT_ASSERTION_SIGNING_KEY_FILE",
    ]

    private func profilePath(_ name: String) throws -> String {
        guard !name.isEmpty, !name.contains("/"), name != ".." else {
            throw ValidationError(
                "'\(name)' is no profile name: it names a file in the folder luath of the configuration")
        }
        let environment = ProcessInfo.processInfo.environment
        let base =
            environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(environment["HOME"] ?? "")/.config"
        return "\(base)/luath/\(name).env"
    }
}

/// Settings in a file: `NAME=value` lines, `#` comments, values in quotes or bare.
struct EnvFile: Sendable {
    private var values: [String: String] = [:]
    subscript(name: String) -> String? { values[name] }

    /// - Parameter isPrivate: refuses a file that others than its owner can read.
    init(path: String, isPrivate: Bool = false) throws(APIError) {
        func problem(_ message: String, hint: String) -> APIError {
            APIError(.config, name: "ConfigurationError", message: message, hint: hint)
        }
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw problem(
                "the env file '\(path)' cannot be found",
                hint:
                    "check the path; a profile is the file NAME.env in the folder luath of $XDG_CONFIG_HOME or ~/.config"
            )
        }
        if isPrivate, status.st_mode & 0o077 != 0 {
            throw problem("the profile '\(path)' can be read by others", hint: "chmod 600 '\(path)'")
        }
        guard let text = try? String(contentsOf: URL(filePath: path), encoding: .utf8) else {
            throw problem("the env file '\(path)' cannot be read", hint: "check who may read it, and that it is text")
        }
        for (offset, line) in text.split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).enumerated() {
            var line = line.trimmingSpaces()
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("export ") { line = String(line.dropFirst(7)).trimmingSpaces() }
            guard let equals = line.firstIndex(of: "=") else {
                throw problem("\(path):\(offset + 1): there is no '=' in the line", hint: "write NAME=value")
            }
            let name = String(line[..<equals]).trimmingSpaces()
            var value = String(line[line.index(after: equals)...]).trimmingSpaces()
            if let quote = value.first, quote == "\"" || quote == "'" {
                guard value.count > 1, value.last == quote else {
                    throw problem(
                        "\(path):\(offset + 1): the value of \(name) starts with a quote and does not end with it",
                        hint: "leave out what follows the closing quote, such as ';'")
                }
                value = String(value.dropFirst().dropLast())
            } else if let comment = value.firstRange(of: " #") {
                value = String(value[..<comment.lowerBound]).trimmingSpaces()
            }
            if name.hasPrefix("AUTH0_"), !TenantSettings.names.contains(name) {
                let near = Spelling.nearest(to: name, among: TenantSettings.names, limit: 1).first
                throw problem(
                    "\(path):\(offset + 1): there is no setting \(name)",
                    hint: near.map { "did you mean \($0)?" }
                        ?? "settings are \(TenantSettings.names.joined(separator: ", "))")
            }
            values[name] = value
        }
    }
}

extension StringProtocol {
    func trimmingSpaces() -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
        return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
