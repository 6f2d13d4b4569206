// Turns what the network libraries throw into one sentence, a hint, and whether the server may have seen the request.

import AsyncHTTPClient
import Auth0API
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// The circumstances in which a request failed.
struct NetworkFailure {
    let host: String
    let progress: Exchange.Progress
    let timeout: Duration
    let maxBytes: Int
    let isPastDeadline: Bool

    func error(for error: any Error) -> APIError {
        switch error {
        case let error as APIError: error
        case is Exchange.TooLarge: tooLarge
        case let error as Multipart.Unreadable:
            APIError(
                .argument, name: "InvalidArgumentError",
                message: "the file '\(error.path)' cannot be read, or became shorter while it was sent",
                outcomeUnknown: maybeSent)
        case let error as HTTPClientError: clientError(error)
        case let error as NIOConnectionError: connectionError(error)
        case let error as NIOSSLError: tlsError(error)
        case is NIOSSLExtraError: wrongHost
        case let error as BoringSSLError: certificateError(String(describing: error))
        case let error as IOError: ioError(error)
        case let error as HTTPParserError where error == .invalidEOFState: network(interruption("the server closed it"))
        case is HTTPParserError: garbage
        case is ChannelError where isPastDeadline: timedOut
        default: network(interruption(String(describing: error)))
        }
    }

    private var maybeSent: Bool { progress != .connecting }

    private func network(_ message: String, hint: String? = nil) -> APIError {
        APIError(.network, name: "NetworkError", message: message, hint: hint, outcomeUnknown: maybeSent)
    }

    private func interruption(_ cause: String) -> String {
        switch progress {
        case .connecting: "cannot connect to \(host): \(cause)"
        case .sent: "the connection to \(host) broke before an answer came: \(cause)"
        case .answered: "the connection to \(host) broke in the middle of the answer: \(cause)"
        }
    }

    private var timedOut: APIError {
        let stage =
            switch progress {
            case .connecting: "no connection to \(host)"
            case .sent: "no answer from \(host)"
            case .answered: "the answer from \(host) was not complete"
            }
        return .timeout(message: "\(stage) within \(timeout.text)", outcomeUnknown: maybeSent)
    }

    private var tooLarge: APIError {
        APIError(
            .limit, name: "LimitError", message: "the answer from \(host) is larger than \(maxBytes >> 20) MiB",
            hint: "ask for smaller pages or fewer fields", outcomeUnknown: maybeSent)
    }

    private func clientError(_ error: HTTPClientError) -> APIError {
        switch error {
        case .cancelled:
            var cancelled = APIError.cancelled()
            cancelled.outcomeUnknown = maybeSent
            return cancelled
        case .deadlineExceeded, .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout, .readTimeout,
            .writeTimeout, .httpProxyHandshakeTimeout, .socksHandshakeTimeout:
            return timedOut
        case .remoteConnectionClosed, .uncleanShutdown:
            return network(interruption("the server closed it"))
        case .invalidProxyResponse, .proxyAuthenticationRequired:
            return network(
                "the proxy in front of \(host) refused: \(error.shortDescription)",
                hint: "check HTTPS_PROXY and NO_PROXY")
        case .invalidURL, .emptyHost, .emptyScheme:
            return APIError(.argument, name: "InvalidArgumentError", message: "the URL of the request is not valid")
        default:
            let reason = error.shortDescription
            if reason.hasPrefix("Invalid header") {
                return APIError(
                    .argument, name: "InvalidArgumentError", message: "a header of the request is not valid in HTTP",
                    hint: "header names are letters, digits and '-'; values have no line breaks")
            }
            return isPastDeadline ? timedOut : network(interruption(reason))
        }
    }

    private func connectionError(_ error: NIOConnectionError) -> APIError {
        if error.connectionErrors.isEmpty, error.dnsAError != nil || error.dnsAAAAError != nil {
            return network(
                "the name \(error.host) cannot be resolved", hint: "check the domain's spelling and this machine's DNS")
        }
        let causes = error.connectionErrors.map { failure in
            (failure.error as? IOError).map(Self.cause) ?? String(describing: failure.error)
        }
        if causes.contains(where: { $0.contains("timed out") || $0.contains("connectTimeout") }) { return timedOut }
        return network(
            "cannot connect to \(host): \(causes.first ?? "no address")", hint: Self.unreachable)
    }

    private func ioError(_ error: IOError) -> APIError {
        network(interruption(Self.cause(error)), hint: progress == .connecting ? Self.unreachable : nil)
    }

    private static let unreachable = "check that the host is right, up, and not behind a firewall or proxy"

    private static func cause(_ error: IOError) -> String {
        switch error.errnoCode {
        case 104, 54: "connection reset by the server"
        case 111, 61: "connection refused"
        case 32: "broken pipe"
        case 110, 60: "connection timed out"
        case 113, 101, 65, 51: "no route to the host"
        default: "system error \(error.errnoCode)"
        }
    }

    private func tlsError(_ error: NIOSSLError) -> APIError {
        switch error {
        case .handshakeFailed(let cause): certificateError(String(describing: cause))
        case .unableToValidateCertificate, .noCertificateToValidate: certificateError("CERTIFICATE_VERIFY_FAILED")
        case .uncleanShutdown: network(interruption("the server closed it"))
        default: network(interruption("TLS failed (\(error))"))
        }
    }

    private func certificateError(_ cause: String) -> APIError {
        if cause.contains("CERTIFICATE_VERIFY_FAILED") {
            return network(
                "the certificate of \(host) is not trusted: it is expired, self-signed, or from an unknown authority",
                hint: "check the domain; for an authority of your own, name its PEM file in AUTH0_CA_FILE")
        }
        if cause.contains("EOF during handshake") || cause.contains("eofDuringHandshake") {
            return network("the TLS handshake with \(host) was cut by the server or something in between")
        }
        if cause.contains("WRONG_VERSION_NUMBER") || cause.contains("HTTP_REQUEST") {
            return network("\(host) does not speak TLS on that port", hint: "check the port of the domain")
        }
        // Alerts about a certificate come from the other side: it has looked at ours.
        if cause.contains("ALERT"), cause.contains("CERTIFICATE") || cause.contains("UNKNOWN_CA") {
            return network(
                "\(host) refused the client certificate, or got none",
                hint:
                    "mutual TLS takes client_certificate and client_key; the certificate must be registered with the application"
            )
        }
        return network("the TLS handshake with \(host) failed")
    }

    private var wrongHost: APIError {
        network(
            "the certificate of \(host.split(separator: ":").first ?? "") is for another host",
            hint: "check the domain; AUTH0_CA_FILE adds an authority but does not excuse a wrong name")
    }

    private var garbage: APIError {
        network("what \(host) sent is not HTTP", hint: "check the host and port, and what is between here and there")
    }
}
