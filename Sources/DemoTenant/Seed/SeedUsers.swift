// The seed's people. There may be a million of them, so their JSON is written directly, without a value in between.

extension Seed {
    /// Stores the users. Returns the ids of the first thousand.
    mutating func people(_ records: Records) throws -> [String] {
        var ids: [String] = []
        var previous: Person?
        let place = Place(collection: "/users")
        var output: [UInt8] = []
        output.reserveCapacity(1024)
        for index in 0..<users {
            // One person in forty comes back through another connection, with the same e-mail.
            var person = index % 40 == 39 ? previous ?? person(index) : person(index)
            if index % 40 == 39, person.connection != "google-oauth2" {
                person.connection = "google-oauth2"
                person.provider = "google-oauth2"
            } else if index % 40 == 39 {
                person = self.person(index)
            }
            previous = person
            let own = person.provider == "google-oauth2" ? "1" + text(20, "0123456789") : hexadecimal(24)
            output.removeAll(keepingCapacity: true)
            write(person, own, to: &output)
            let id = "\(person.provider)|\(own)"
            if ids.count < 1000 { ids.append(id) }
            try records.insert(
                Entry(
                    id: id, uniqueKey: "\(person.connection)\u{1}\(person.email)", email: person.email,
                    document: String(decoding: output, as: UTF8.self)), in: place)
        }
        return ids
    }

    private struct Person {
        let given: String
        let family: String
        let email: String
        var connection: String
        var provider: String
    }

    private mutating func person(_ index: Int) -> Person {
        let given = pick(SeedNames.given)
        let family = pick(SeedNames.family)
        // The number makes the address unique, also among a million.
        let email = "\(given.lowercased()).\(family.lowercased())\(index + 1)@\(pick(SeedNames.mailHosts))"
        let isSocial = chance(15)
        return Person(
            given: given, family: family, email: email,
            connection: isSocial ? "google-oauth2" : "Username-Password-Authentication",
            provider: isSocial ? "google-oauth2" : "auth0")
    }

    private mutating func write(_ person: Person, _ own: String, to output: inout [UInt8]) {
        let created = moment()
        let login = min(created + Int64(random.next() % 20_000_000_000), 1_790_000_000_000)
        let logins = below(200)
        func add(_ text: String) { output.append(contentsOf: text.utf8) }
        add(
            """
            {"user_id":"\(person.provider)|\(own)","email":"\(person.email)","email_verified":\(chance(85)),\
            "name":"\(person.given) \(person.family)","given_name":"\(person.given)",\
            "family_name":"\(person.family)","nickname":"\(person.email.prefix { $0 != "@" })",\
            "picture":"https://s.gravatar.com/avatar/\(hexadecimal(32))?s=480&r=pg",\
            "identities":[{"connection":"\(person.connection)","user_id":"\(own)","provider":"\(person.provider)",\
            "isSocial":\(person.provider != "auth0")}],\
            "user_metadata":{"language":"\(pick(SeedNames.languages))","color":"\(pick(SeedNames.colors))"},\
            "app_metadata":{"plan":"\(pick(SeedNames.plans))","seats":\(1 + below(20))},\
            "created_at":"\(Timestamp.text(milliseconds: created))",\
            "updated_at":"\(Timestamp.text(milliseconds: login))"
            """)
        if logins > 0 {
            add(
                """
                ,"last_login":"\(Timestamp.text(milliseconds: login))","last_ip":"203.0.113.\(below(255))",\
                "logins_count":\(logins)
                """)
        }
        if chance(3) { add(",\"blocked\":true") }
        add("}")
    }
}
