// Passwords of the demo tenant's users: stored as salt and digest, never as they were typed.
import Auth0API
import Crypto

/// Digests of passwords. The tenant is reachable from this machine only and its people are made up, so one round of
/// SHA-256 is enough here; it is not for real accounts.
enum Password {
    /// The digest of a password with its salt, in hexadecimal.
    static func digest(_ password: Secret, salt: String) -> String {
        SHA256.hash(data: Array((salt + password.reveal()).utf8)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}
