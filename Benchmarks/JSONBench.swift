// JSON into Lua tables, against Foundation's parser, which stops before any Lua table exists.

import Foundation
import LuaHost

enum JSONBench {
    static func run() async throws {
        let user =
            #"{"user_id":"auth0|5a2513dc63508d31dd86efb2","email":"freya.almeida@mail.example.com","email_verified":true,"name":"Freya Almeida","nickname":"freya","logins_count":42,"created_at":"2024-01-15T09:30:00.000Z","updated_at":"2024-06-15T09:30:00.000Z","identities":[{"connection":"Username-Password-Authentication","user_id":"5a2513dc63508d31dd86efb2","provider":"auth0","isSocial":false}],"user_metadata":{"plan":"pro","seats":12},"app_metadata":{},"blocked":false,"last_ip":"203.0.113.7"}"#
        let text = Array("[\(Array(repeating: user, count: 1_000).joined(separator: ","))]".utf8)
        let rounds = 40
        let source = Array("for i = 1, \(rounds) do host.parse() end".utf8)
        let ours = try await best(of: 3) {
            let runtime = try LuaRuntime { _ in }
            try await runtime.withStack { stack in
                try stack.pushTable(of: [
                    HostFunction("parse") { call in
                        try call.stack.push(try LuaJSON(text))
                        return .values(1)
                    }
                ])
                try stack.setGlobal("host")
            }
            return try await ContinuousClock().measure { _ = try await runtime.run(source, chunkName: "=bench") }
        }
        let data = Data(text)
        let foundation = try await best(of: 3) {
            try ContinuousClock().measure {
                for _ in 0..<rounds { _ = try JSONSerialization.jsonObject(with: data) }
            }
        }
        func speed(_ time: Duration) -> Int { Int(Double(text.count * rounds) / time.seconds / 1e6) }
        Report.line(
            "JSON into Lua tables", "\(speed(ours)) MB/s", floor: "JSONSerialization \(speed(foundation)) MB/s",
            ratio: foundation / ours, goal: "≥ 5 ×")
    }
}
