// Where a redirected GET goes, and what it may carry there.

import Auth0API

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension APIRequest {
    /// The request that follows a redirect; nil when the answer is not one that may be followed.
    ///
    /// Source: RFC 9110 §15.4. A redirect from https to http is not followed.
    /// - Throws: what `checkRedirect` throws when it leads to another host.
    func following(_ response: APIResponse) throws(APIError) -> APIRequest? {
        guard [301, 302, 303, 307, 308].contains(response.status), let location = response.headers["location"],
            let current = URL(string: url), let target = URL(string: location, relativeTo: current)?.absoluteURL,
            let host = target.host(), !host.isEmpty, target.scheme == "https" || target.scheme == current.scheme
        else { return nil }
        var next = self
        next.url = String(target.absoluteString.prefix { $0 != "#" })
        if target.hostAndPort != current.hostAndPort || target.scheme != current.scheme {
            if target.hostAndPort != current.hostAndPort { try checkRedirect?(target.hostAndPort) }
            next.authorization = nil
            next.headers = Headers(headers.fields.filter { $0.name.lowercased() == "accept" })
        }
        return next
    }
}

extension URL {
    /// In lower case; the port only where it is written.
    fileprivate var hostAndPort: String {
        let host = host()?.lowercased() ?? ""
        let name = host.contains(":") && host.first != "[" ? "[\(host)]" : host
        return port.map { "\(name):\($0)" } ?? name
    }
}

extension String {
    /// Host and port of an absolute URL, for messages.
    var urlHost: String {
        guard let start = firstRange(of: "://")?.upperBound else { return self }
        let authority = self[start...].prefix { !"/?#".contains($0) }
        return String(authority.split(separator: "@").last ?? authority)
    }
}
