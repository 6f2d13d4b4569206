// The log is followed by the id of its last entry: the answer itself has no cursor.

import Auth0API
import Foundation
import Testing

@Suite struct LogListTests {
    @Test func isFollowedByTheIDOfTheLastEntry() async throws {
        let transport = ScriptedTransport { request, _ in
            let query = URLComponents(string: request.url)?.queryItems ?? []
            let from = query.first { $0.name == "from" }?.value.flatMap { Int($0.dropFirst()) } ?? 0
            let entries = (from + 1..<max(from + 1, min(from + 4, 9))).map { #"{"log_id":"l\#($0)"}"# }
            return .json("[\(entries.joined(separator: ","))]")
        }
        let lines = try await run(
            """
            local count = 0
            for entry in require("auth0").management.logs.list { from = "l0", take = 3 } do count = count + 1 end
            print(count)
            """, transport)
        #expect(lines == ["8"])
        let queries = transport.requests.map { $0.url.split(separator: "?")[1] }
        #expect(queries == ["from=l0&take=3", "take=3&from=l3", "take=3&from=l6"])
    }
}
