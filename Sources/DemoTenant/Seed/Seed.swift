// Fills an empty store with a tenant that looks lived in: the same one for the same seed, to the last digit.
import Auth0API

/// A tenant's first data.
struct Seed {
    let number: UInt64
    let users: Int
    var random: SplitMix64

    init(_ number: UInt64, users: Int) {
        self.number = number
        self.users = users
        random = SplitMix64(state: number &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678)
    }

    /// Writes everything.
    func fill(_ records: Records) throws {
        var seed = self
        let clients = try seed.applications(records)
        try seed.connections(records, clients: clients)
        try seed.extensions(records)
        let roles = try seed.roles(records)
        let organizations = try seed.organizations(records)
        let people = try seed.people(records)
        try seed.connect(records, people: people, roles: roles, organizations: organizations)
        // Last, so that what comes before it stays as it was in older versions.
        try seed.connection(records, "sms", "sms", clients: clients)
        try records.setSetting("seed", String(number))
    }

    // MARK: Parts of values

    mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
    /// True in that many of a hundred cases.
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    mutating func text(_ count: Int, _ alphabet: StaticString) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        var bits: UInt64 = 0
        for index in 0..<count {
            if index % 8 == 0 { bits = random.next() }
            let size = UInt64(alphabet.utf8CodeUnitCount)
            bytes.append(alphabet.utf8Start[Int((bits & 0xFF) % size)])
            bits >>= 8
        }
        return String(decoding: bytes, as: UTF8.self)
    }
    mutating func letters(_ count: Int) -> String {
        text(count, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    }
    mutating func hexadecimal(_ count: Int) -> String { text(count, "0123456789abcdef") }

    /// A moment between January 2023 and October 2026.
    mutating func moment() -> Int64 { 1_672_531_200_000 + Int64(random.next() % 118_000_000_000) }

    /// Stores an object in a collection.
    func put(_ object: JSON.Object, id: String, unique: String?, in path: String, _ records: Records) throws {
        try records.insert(
            Entry(id: id, uniqueKey: unique, document: JSON.object(object).text), in: Place(collection: path))
    }
}

/// A small generator whose sequence is the same on every machine (Steele, Lea and Flood, 2014).
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
