// The module `tasks` as the product has it, on a clock of turns: `sleep(n)` lets the other tasks run n times.

import Foundation
import LuaHost

extension LuaRuntime {
    /// Makes the module the global `tasks`, for use by the script that is run next.
    func addTasksModule() throws {
        let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/CCatalog/lua/tasks.lua")
        let text = Array(try String(contentsOf: source, encoding: .utf8).utf8)
        try withStack { stack in
            try stack.push(
                HostFunction("searcher") { call in
                    try call.stack.load(text, chunkName: "=luath")
                    try call.stack.pushTable(of: HostFunction.taskFunctions + Self.turnFunctions)
                    return .values(2)
                })
            try stack.keep("searcher")
        }
    }

    private static let turnFunctions = [
        HostFunction("sleep") { call in
            let turns = call.integer(1) ?? 0
            return .wait {
                try await wait(turns)
                return .nothing
            }
        },
        HostFunction("expire") { call in
            let turns = call.integer(1) ?? 0
            return .wait {
                try await wait(turns)
                throw LuaError(name: "TimeoutError", kind: "timeout", message: "after \(turns) turns")
            }
        },
        HostFunction("check_limit") { _ in .values(0) },
        HostFunction("check_items") { _ in .values(0) },
        HostFunction("refuse") { call in throw LuaError.argument(call.string(1) ?? "") },
    ]

    private static func wait(_ turns: Int64) async throws {
        for _ in 0..<turns {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}
