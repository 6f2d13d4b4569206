// Runs a script in a fresh runtime and collects what it prints.

import LuaHost
import Synchronization

final class Output: Sendable {
    private let text = Mutex("")
    func write(_ bytes: UnsafeRawBufferPointer) { text.withLock { $0 += String(decoding: bytes, as: UTF8.self) } }
    var lines: [String] { text.withLock { $0.split(separator: "\n").map(String.init) } }
}

/// Runs Lua with `host` as a table of functions: `echo(value)` waits and gives the value back, `fail()` waits and
/// raises, `now(value)` answers at once, `never()` waits for ever.
func run(_ source: String) async throws -> [String] {
    let output = Output()
    let runtime = try LuaRuntime { output.write($0) }
    try await runtime.addTestFunctions()
    _ = try await runtime.run(Array(source.utf8), chunkName: "=test")
    return output.lines
}

extension LuaRuntime {
    func addTestFunctions() throws {
        try withStack { stack in
            try stack.pushTable(of: [
                HostFunction("echo") { call in
                    let value = call.value(1)
                    return .wait {
                        await Task.yield()
                        return .value(value)
                    }
                },
                HostFunction("fail") { _ in
                    .wait {
                        throw LuaError(
                            name: "TestError", kind: "api", message: "no luck", fields: [("hint", .string("try again"))]
                        )
                    }
                },
                HostFunction("now") { call in
                    try call.stack.push(call.value(1))
                    return .values(1)
                },
                HostFunction("bad") { _ in throw LuaError.argument("wrong argument") },
                HostFunction("never") { _ in
                    .wait {
                        try await Task.sleep(for: .seconds(3600))
                        return .nothing
                    }
                },
                HostFunction("exit") { call in .exit(Int32(call.integer(1) ?? 0)) },
                HostFunction("parse") { call in
                    let bytes = call.bytes(1) ?? []
                    return .wait {
                        let document = try LuaJSON(bytes)
                        return HostAnswer { stack in
                            try stack.push(document)
                            return 1
                        }
                    }
                },
            ])
            try stack.setGlobal("host")
            try stack.pushTable(of: HostFunction.taskFunctions)
            try stack.setGlobal("task")
        }
    }
}
