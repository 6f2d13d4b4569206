// Where a tenant is: checked once, when a client is made, so that a malformed setting fails before anything is sent.

import Auth0API

/// The address of a tenant, from a domain as people write it.
public struct TenantAddress: Sendable, Hashable {
    /// `https://acme.eu.auth0.com`, without a slash at the end.
    public let origin: String
    /// Host name, with the port where one was given.
    public let authority: String
    /// Host name alone, without brackets.
    public let host: String

    /// - Parameter domain: `acme.eu.auth0.com`, `https://host:port`, or `http://127.0.0.1:port`; a slash at the end
    ///   is dropped. Plain `http` is only for loopback.
    /// - Throws: kind `config`, naming what is wrong.
    public init(_ domain: String) throws(APIError) {
        func fail(_ reason: String, _ hint: String) -> APIError {
            // What follows a stray character may be another setting of the same file, so it is not shown.
            let shown = domain.prefix { !$0.isWhitespace && !"\"'`;,".contains($0) }.prefix(100)
            return APIError(
                .config, name: "ConfigurationError",
                message: "the domain '\(shown)\(shown.count < domain.count ? "…" : "")' \(reason)", hint: hint)
        }
        let example = "write the host alone, such as acme.eu.auth0.com"
        if domain.isEmpty { throw fail("is empty", example) }
        if domain.contains(where: { $0.isWhitespace || "\"'`;,".contains($0) }) {
            throw fail("has a space, a quote or a punctuation mark in it", "\(example), without quotes around it")
        }
        var rest = domain[...]
        var isPlain = false
        if let scheme = rest.firstRange(of: "://") {
            switch rest[..<scheme.lowerBound].lowercased() {
            case "https": break
            case "http": isPlain = true
            default: throw fail("has a scheme that is not https", example)
            }
            rest = rest[scheme.upperBound...]
        }
        if rest.last == "/" { rest.removeLast() }
        if rest.contains(where: { "/?#@\\%".contains($0) }) {
            throw fail("has a path or a user name in it", example)
        }
        let (host, port) = Self.split(rest)
        guard Self.isHostName(host) else { throw fail("is not a host name", example) }
        if let port, !(1...65_535).contains(Int(port) ?? 0) || port.first == "+" {
            throw fail("has a port that is not between 1 and 65535", example)
        }
        if isPlain && !Self.isLoopback(host) {
            throw fail(
                "asks for plain http, which would send tokens in the clear",
                "use https, or a loopback address such as http://127.0.0.1:8787")
        }
        self.host = host.lowercased()
        authority = rest.lowercased()
        origin = (isPlain ? "http://" : "https://") + authority
    }

    /// Where client certificates are taken: `https://mtls.acme.eu.auth0.com`. A numeric address or a loopback name has no
    /// names below it and stays as it is.
    ///
    /// Source: Auth0, "Configure mTLS authentication".
    public var mtlsOrigin: String {
        let isNumeric = host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
        return isNumeric || Self.isLoopback(host) ? origin : origin.replacing("://", with: "://mtls.")
    }

    private static func split(_ text: Substring) -> (host: String, port: String?) {
        if text.first == "[", let end = text.firstIndex(of: "]") {
            let after = text[text.index(after: end)...]
            let host = String(text[text.index(after: text.startIndex)..<end])
            return after.isEmpty ? (host, nil) : (host, after.first == ":" ? String(after.dropFirst()) : "")
        }
        guard let colon = text.firstIndex(of: ":") else { return (String(text), nil) }
        return (String(text[..<colon]), String(text[text.index(after: colon)...]))
    }

    private static func isHostName(_ host: String) -> Bool {
        guard !host.isEmpty, host.utf8.count <= 253, host.first != ".", !host.contains("..") else { return false }
        let isV6 = host.contains(":")
        return host.unicodeScalars.allSatisfy {
            isV6
                ? $0.properties.isASCIIHexDigit || $0 == ":" || $0 == "."
                : $0.isASCII
                    && ($0.properties.isAlphabetic || $0.properties.numericType != nil || "-._".contains(Character($0)))
        }
    }

    /// Whether a host name means this machine.
    static func isLoopback(_ host: String) -> Bool {
        let host = host.lowercased()
        if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
