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
    func following(_ response: APIResponse) -> APIRequest? {
        guard [301, 302, 303, 307, 308].contains(response.status), let location = response.headers["location"],
            let current = URL(string: url), let target = URL(string: location, relativeTo: current)?.absoluteURL,
            let host = target.host(), !host.isEmpty, target.scheme == "https" || target.scheme == current.scheme
        else { return nil }
        var next = self
        next.url = String(target.absoluteString.prefix { $0 != "#" })
        if host != current.host() || target.port != current.port || target.scheme != current.scheme {
            next.authorization = nil
            next.headers = Headers(headers.fields.filter { $0.name.lowercased() == "accept" })
        }
        return next
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
