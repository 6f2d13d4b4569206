// Certificates for tests of TLS, made on the spot.

import Crypto
import Foundation
import NIOSSL
import X509

/// A certificate for one name, signed by itself.
package struct Certificates {
    package let pem: String
    /// The private key, in PEM.
    package let key: String

    package init(host: String, expired: Bool = false) throws {
        let privateKey = P256.Signing.PrivateKey()
        let name = try DistinguishedName { CommonName(host) }
        let now = Date()
        let names: SubjectAlternativeNames =
            host == "127.0.0.1"
            ? SubjectAlternativeNames([.ipAddress(.init(contentBytes: [127, 0, 0, 1]))])
            : SubjectAlternativeNames([.dnsName(host)])
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: .init(privateKey.publicKey),
            notValidBefore: now.addingTimeInterval(-864_000),
            notValidAfter: now.addingTimeInterval(expired ? -86_400 : 86_400), issuer: name, subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                names
            },
            issuerPrivateKey: .init(privateKey))
        pem = try certificate.serializeAsPEM().pemString
        key = privateKey.pemRepresentation
    }

    /// Writes the certificate into a temporary file and gives its path.
    package func write() throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "ca-\(UUID().uuidString).pem")
        try Data(pem.utf8).write(to: file)
        return file.path
    }

    /// - Parameter clients: the authority whose certificate clients must show; nil asks for none.
    package func serverConfiguration(clients: Certificates?) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)))
        if let clients {
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(clients.pem.utf8)))
            configuration.certificateVerification = .noHostnameVerification
        }
        return configuration
    }
}
