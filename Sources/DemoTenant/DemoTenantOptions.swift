// How a demo tenant differs from the one everybody gets.
import Auth0API
import Logging

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension DemoTenant {
    /// Settings of a tenant; the defaults are those of `luath run --demo`.
    public struct Options: Sendable {
        /// The port to listen on; 0 takes a free one.
        public var port = 0
        /// The SQLite file that keeps the tenant; nil keeps it in memory and loses it on close. A file that already
        /// holds a tenant is used as it is, whatever `seed` and `users` say.
        public var dataFile: String?
        /// Decides names, ids and dates: the same seed gives the same data.
        public var seed: UInt64 = 1
        /// How many users the seed makes.
        public var users = 2_500
        /// How long access tokens are good for.
        public var tokenLifetime: Duration = .seconds(86_400)
        /// Listens on `::1` instead of `127.0.0.1`.
        public var usesIPv6 = false
        /// How many requests `requests()` remembers.
        public var rememberedRequests = 10_000
        /// The tenant's clock: timestamps, and when tokens expire.
        public var now: @Sendable () -> Date = { Date() }
        /// Where the server logs; nil logs nothing.
        public var logger: Logger?

        /// The defaults.
        public init() {}
    }

    /// The password of every user that the seed makes in `Username-Password-Authentication`.
    public static let userPassword = Secret("Luath-demo-1")

    /// Every code that the tenant would send by e-mail or to a phone, or that an authenticator app would show.
    public static let oneTimeCode = "000000"

    /// The recovery code of every user with a second factor (`app_metadata.mfa = true`).
    public static let recoveryCode = "DEMORECOVERYCODE0000000"
}
