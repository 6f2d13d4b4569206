// Runs a script in a fresh runtime and collects what it prints.

import Foundation
import LuaHost
import Synchronization
import Testing

final class Output: Sendable {
    private let text = Mutex("")
    func write(_ bytes: UnsafeRawBufferPointer) { text.withLock { $0 += String(decoding: bytes, as: UTF8.self) } }
    var lines: [String] { text.withLock { $0.split(separator: "\n").map(String.init) } }
}

/// Runs Lua with `host` as a table of functions: `echo(value)` waits and gives the value back, `fail()` waits and
/// raises, `now(value)` answers at once, `never()` waits for ever.
@discardableResult
func run(_ source: String, limits: LuaLimits = LuaLimits(), interruption: LuaInterruption = .tested) async throws
    -> [String]
{
    let output = Output()
    let runtime = try LuaRuntime(limits: limits, interruption: interruption) { output.write($0) }
    try await runtime.addTestFunctions()
    _ = try await runtime.run(Array(source.utf8), chunkName: "=test")
    return output.lines
}

/// The error that ends a script which goes over a limit, and what it printed.
func stopped(
    _ source: String, interruption: LuaInterruption = .tested, _ set: (inout LuaLimits) -> Void
) async throws -> ScriptError {
    var limits = LuaLimits()
    set(&limits)
    let clock = ContinuousClock(), start = clock.now
    let error = await #expect(throws: ScriptError.self) {
        try await run(source, limits: limits, interruption: interruption)
    }
    // The limits of these tests are fractions of a second; this only tells an end from a hang.
    #expect(clock.now - start < .seconds(20))
    return try #require(error)
}

extension LuaInterruption {
    /// Thread sanitizers hold signals back, so `scripts/sanitize` chooses the other way.
    static let tested: LuaInterruption =
        ProcessInfo.processInfo.environment["LUATH_STANDING_HOOK"] == nil ? .standard : .standingHook
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
                // Stays in C or Swift for a time that no signal ends.
                HostFunction("stay") { call in
                    let end = ContinuousClock.now + .milliseconds(Int(call.integer(1) ?? 0))
                    while ContinuousClock.now < end {}
                    return .values(0)
                },
                HostFunction("text") { call in
                    try call.stack.push(call.text(1))
                    return .values(1)
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
