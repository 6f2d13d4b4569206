// How a tenant comes to be: its store opened or filled from the seed, its key read or made.

extension Tenant {
    /// Opens the store and makes sure that it holds a tenant.
    static func open(_ options: DemoTenant.Options) async throws -> Tenant {
        let store = try Store(file: options.dataFile)
        let key = options.dataFile == nil ? SigningKey.ofProcess : try await storedKey(store)
        let tenant = Tenant(store: store, tokens: Tokens(key: key), options: options)
        _ = SigningKey.ofProcess
        try store.write { records in
            guard try records.setting("seed") == nil else { return }
            try Seed(options.seed, users: options.users).fill(records)
        }
        return tenant
    }

    /// The key that the file keeps, so that tokens outlive the process; a new file gets the process's.
    private static func storedKey(_ store: Store) async throws -> Task<SigningKey, any Error> {
        if let pem = try store.read({ try $0.setting("signing_key") }) {
            let key = try await SigningKey(pem: pem)
            return Task { key }
        }
        let key = try await SigningKey.ofProcess.value
        try store.write { try $0.setSetting("signing_key", key.pem) }
        return Task { key }
    }
}
