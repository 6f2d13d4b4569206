// What a client shows of itself in a TLS handshake.

import Auth0API
import NIOSSL

/// A certificate with its private key, for mutual TLS (RFC 8705).
public struct ClientCertificate: Sendable {
    /// PEM: the client's own certificate, then any that lead to its authority.
    public let chain: String
    /// PEM, without a passphrase.
    public let key: Secret

    public init(chain: String, key: Secret) {
        self.chain = chain
        self.key = key
    }

    /// - Throws: kind `config` when one of the two cannot be read, or they do not belong together.
    func add(to tls: inout TLSConfiguration) throws(APIError) {
        func fail(_ message: String, _ hint: String) -> APIError {
            APIError(.config, name: "ConfigurationError", message: message, hint: hint)
        }
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(Array(chain.utf8)), !certificates.isEmpty else {
            throw fail("the client certificate is not PEM", "give the text of one or more BEGIN CERTIFICATE blocks")
        }
        // What NIOSSL throws is not shown: it may quote the key.
        guard let key = try? NIOSSLPrivateKey(bytes: Array(key.reveal().utf8), format: .pem) else {
            throw fail("the key of the client certificate is not PEM", "give the text of a BEGIN PRIVATE KEY block")
        }
        tls.certificateChain = certificates.map { .certificate($0) }
        tls.privateKey = .privateKey(key)
        guard (try? NIOSSLContext(configuration: tls)) != nil else {
            throw fail(
                "the client certificate and its key cannot be used together",
                "give the key that the first certificate was made for")
        }
    }
}
