// What stays: the same seed, and a file across restarts.
import Foundation
import Testing

@testable import DemoTenant

@Suite struct StoreTests {
    @Test func theSameSeedGivesTheSameTenant() async throws {
        var texts: [String] = []
        for seed in [7, 7, 8] as [UInt64] {
            try await Visitor.visit({ $0.seed = seed }) { visitor in
                var text = ""
                for path in ["clients?per_page=100", "users", "roles", "actions/actions", "rules"] {
                    text += try await visitor.get(path).text
                }
                texts.append(text)
            }
        }
        #expect(texts[0] == texts[1])
        #expect(texts[0] != texts[2])
    }

    @Test func aFileKeepsTheTenantAndItsKey() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "luath-\(UUID().uuidString).sqlite").path
        defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + end) } }
        var token: String?
        var port = 0
        try await Visitor.visit({ $0.dataFile = file }) { visitor in
            token = visitor.token
            port = Int(visitor.tenant.domain.split(separator: ":").last ?? "") ?? 0
            _ = try await visitor.patch("clients/\(visitor.tenant.clientID)", ["description": "kept"])
        }
        try await Visitor.visit({
            $0.dataFile = file; $0.port = port
        }) { visitor in
            var old = visitor
            old.token = token
            let client = try await old.get("clients/\(visitor.tenant.clientID)")
            #expect(client["description"] == "kept")
        }
    }

    @Test func severalTenantsLiveSideBySide() async throws {
        try await Visitor.visit { first in
            try await Visitor.visit { second in
                var stranger = second
                stranger.token = first.token
                #expect(try await stranger.get("roles").status == 401)
                _ = try await first.post("roles", ["name": "only-here"])
                #expect(try await second.get("roles").count == 12)
            }
        }
    }

    @Test func aTakenPortIsAnError() async throws {
        try await Visitor.visit(users: 0) { visitor in
            let port = Int(visitor.tenant.domain.split(separator: ":").last ?? "") ?? 0
            await #expect(throws: (any Error).self) { try await DemoTenant.start(port: port) }
        }
    }

    @Test func runsUntilItIsCancelledOrClosed() async throws {
        let tenant = try await DemoTenant.start()
        let running = Task { try await tenant.run() }
        running.cancel()
        try await running.value
        await tenant.close()
        try await tenant.run()
        await tenant.close()
    }

    @Test(arguments: [
        #"{"a":1,"b":[true,false,null],"c":"\"\\\n\u0001é😀","d":{"e":-1.5e10}}"#, "[]", "{}", "9007199254740993",
    ])
    func jsonComesBackAsItWas(text: String) throws {
        #expect(try JSON(text: text).text == text)
    }

    @Test(arguments: ["", "{", "[1,]", "01", "nul", #"{"a" 1}"#, "1 2", #""\x""#])
    func brokenJSONIsRefused(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSON(text: text) }
    }
}
