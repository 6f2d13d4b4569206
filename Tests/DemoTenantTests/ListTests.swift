// Pages of both kinds, the cap, fields and search.
import Testing

@testable import DemoTenant

@Suite struct ListTests {
    @Test func theSeedIsAsBigAsItSays() async throws {
        try await Visitor.visit(users: 2_500) { visitor in
            let users = try await visitor.get("users?include_totals=true&per_page=1")
            #expect(users["total"] == 2_500 && users["start"] == 0 && users["limit"] == 1 && users["length"] == 1)
            let clients = try await visitor.get("clients?include_totals=true&per_page=100")
            let names = clients["clients"]?.array?.compactMap { $0.object?["name"]?.string } ?? []
            #expect(names.count >= 42 && names.filter { $0.hasPrefix("test-") }.count >= 12)
            #expect(names.contains("All Applications") && names.contains("luath"))
            #expect(try await visitor.get("roles").count == 12)
            #expect(try await visitor.get("rules").count == 8)
            #expect(try await visitor.get("organizations?take=50")["organizations"]?.array?.count == 15)
            #expect(try await visitor.get("connections?take=50")["connections"]?.array?.count == 5)
            #expect(try await visitor.get("actions/actions")["actions"]?.array?.count == 6)
        }
    }

    @Test func usersEndAtAThousand() async throws {
        try await Visitor.visit(users: 1_100) { visitor in
            #expect(try await visitor.get("users?page=9&per_page=100").count == 100)
            let beyond = try await visitor.get("users?page=10&per_page=100&include_totals=true")
            #expect(beyond.status == 400 && beyond["errorCode"] == "invalid_paging")
            #expect(beyond["message"]?.string?.hasPrefix("You can only page through the first 1000 records") == true)
            let large = try await visitor.get("users?per_page=101")
            #expect(large.status == 400 && large["errorCode"] == "invalid_query_string")
        }
    }

    @Test func offsetPagesMeetWithoutOverlap() async throws {
        try await Visitor.visit { visitor in
            var ids: [String] = []
            for page in 0... {
                let reply = try await visitor.get("clients?per_page=5&page=\(page)&include_totals=true")
                let clients = reply["clients"]?.array ?? []
                ids += clients.compactMap { $0.object?["client_id"]?.string }
                if clients.isEmpty { #expect(reply["total"]?.number == Double(ids.count)); break }
            }
            #expect(ids.count >= 42 && Set(ids).count == ids.count)
        }
    }

    @Test func checkpointsLeadToTheEnd() async throws {
        try await Visitor.visit { visitor in
            var names: [String] = []
            var path = "organizations?take=4"
            while true {
                let reply = try await visitor.get(path)
                names += reply["organizations"]?.array?.compactMap { $0.object?["name"]?.string } ?? []
                guard let next = reply["next"]?.string else { break }
                path = "organizations?take=4&from=\(next)"
            }
            #expect(names.count == 15 && Set(names).count == 15)
        }
    }

    @Test func fieldsChooseMembers() async throws {
        try await Visitor.visit { visitor in
            let only = try await visitor.get("users?fields=user_id,email&per_page=1").json.array?.first?.object
            #expect(only?.members.map(\.name).sorted() == ["email", "user_id"])
            let without = try await visitor.get("users?fields=email&include_fields=false&per_page=1").json.array?.first
            #expect(without?.object?["email"] == nil && without?.object?["name"] != nil)
        }
    }

    @Test func searchFindsUsers() async throws {
        try await Visitor.visit(users: 400) { visitor in
            let user = try await visitor.get("users?per_page=1").json.array?.first?.object
            let email = user?["email"]?.string ?? ""
            #expect(try await visitor.get("users?q=email:%22\(email)%22").json.array?.contains(.object(user!)) == true)
            let prefix = String(email.prefix(4))
            #expect(try await visitor.get("users?q=email:\(prefix)*").count >= 1)
            let blocked = try await visitor.get("users?q=blocked:true%20AND%20app_metadata.plan:team&per_page=100")
            #expect(blocked.json.array?.allSatisfy { $0.object?["blocked"] == true } == true)
            let some = try await visitor.get("users?q=(logins_count:%5B1%20TO%205%5D)&per_page=100").json.array
            #expect(some?.isEmpty == false)
            #expect(
                some?.allSatisfy { (1...5).contains($0.object?["logins_count"]?.number ?? 0) } == true)
            let odd = try await visitor.get("users?q=NOT%20blocked:true")
            #expect(odd.status == 400 && odd["message"]?.string?.contains("demo tenant knows") == true)
            #expect(try await visitor.get("users-by-email?email=\(email)").count >= 1)
        }
    }

    @Test func someEmailsHaveTwoAccounts() async throws {
        try await Visitor.visit(users: 2_500) { visitor in
            var emails: [String: Int] = [:]
            for page in 0..<10 {
                for user in try await visitor.get("users?per_page=100&page=\(page)").json.array ?? [] {
                    emails[user.object?["email"]?.string ?? "", default: 0] += 1
                }
            }
            let twice = try #require(emails.first { $0.value == 2 }?.key)
            #expect(try await visitor.get("users-by-email?email=\(twice)").count == 2)
        }
    }

    @Test func everyAnswerCarriesTheLimit() async throws {
        try await Visitor.visit(users: 0) { visitor in
            for path in ["roles", "roles/none", "nothing"] {
                let headers = try await visitor.get(path).headers
                #expect(headers["x-ratelimit-limit"] != nil && headers["x-ratelimit-remaining"] != nil)
                #expect(Int(headers["x-ratelimit-reset"] ?? "").map { $0 > 1_700_000_000 } == true)
            }
        }
    }
}
