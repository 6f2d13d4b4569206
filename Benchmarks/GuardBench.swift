// What the guards cost: plain Lua in a runtime with all limits on, against the system's own interpreter.

import Foundation
import LuaHost

enum GuardBench {
    private static let scripts = [
        ("empty loop", "for i = 1, 100000000 do end"),
        ("arithmetic", "local x = 0 for i = 1, 40000000 do x = (x + i * 3) % 1000003 end"),
        (
            "function calls",
            "local function f(a, b) return a + b end local x = 0 for i = 1, 20000000 do x = f(x, i) end"
        ),
        (
            "tables and fields",
            "for i = 1, 2000000 do local t = { a = i, b = { i, i + 1 } } t.c = t.a + t.b[1] t.b[#t.b + 1] = t.c end"
        ),
        (
            "method calls",
            "local C = {} C.__index = C function C:add(n) self.n = self.n + n end local o = setmetatable({ n = 0 }, C) for i = 1, 20000000 do o:add(i) end"
        ),
        (
            "strings",
            "local t = {} for i = 1, 1500000 do t[i % 1000] = ('%d:%s'):format(i, 'x') .. i end local s = table.concat(t, ',', 1, 900) for i = 1, 3000 do s:upper():find('900', 1, true) end"
        ),
        (
            "patterns",
            "local n = 0 for i = 1, 600000 do n = n + #(('key%d = value'):gsub('(%w+) = (%w+)', '%2 = %1')) end"
        ),
        ("pcall", "local f = function() end for i = 1, 12000000 do pcall(f) end"),
        ("pcall that catches", "local e = {} local f = function() error(e) end for i = 1, 2000000 do pcall(f) end"),
        (
            "coroutines",
            "local co = coroutine.wrap(function() while true do coroutine.yield(1) end end) for i = 1, 6000000 do co() end"
        ),
        (
            "sort with a function",
            "for n = 1, 12 do local t = {} for i = 1, 50000 do t[i] = (i * 7919) % 50021 end table.sort(t, function(a, b) return a > b end) end"
        ),
    ]

    static func run() async throws {
        for (name, script) in scripts {
            var ours = Duration.seconds(1000), stock = ours
            for _ in 0..<3 {
                stock = min(stock, try Child.run(["lua5.4", "-e", script]).wall)
                let runtime = try LuaRuntime(limits: unhurried) { _ in }
                ours = min(
                    ours,
                    try await ContinuousClock().measure {
                        _ = try await runtime.run(Array(script.utf8), chunkName: "=bench")
                    })
            }
            Report.line(
                "\(name), all guards on", "\(Int(ours.seconds * 1000)) ms",
                floor: "lua5.4 \(Int(stock.seconds * 1000)) ms", ratio: ours / stock, goal: "≤ 1.15 ×")
        }
    }

    private static var unhurried: LuaLimits {
        var limits = LuaLimits()
        limits.busyTime = .seconds(60)
        limits.deadline = .seconds(600)
        return limits
    }
}
