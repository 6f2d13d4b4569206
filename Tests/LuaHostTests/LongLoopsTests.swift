// Library functions that loop in C over what the script says: no hook reaches them, so each looks itself whether the run
// has to end. Without that, these keep the thread for the time that stands beside them, or for ever.

import LuaHost
import Testing

/// One at a time: each keeps a thread busy.
@Suite(.serialized) struct LongLoopsTests {
    @Test(arguments: [
        "table.insert(lying(1 << 53), 1, 1)",  // for ever
        "table.insert(lying(math.maxinteger - 1), 1, 1)",
        "table.remove(lying(1 << 53), 1)",
        "table.move({}, 1, 1 << 53, 2)",
        "table.move({}, 1, 300000000000, 2, {})",  // an hour
        "table.concat(lying(1 << 53, rawlen))",
        "table.sort(lying(1 << 30, rawlen))",
        "local s, t = ('x'):rep(20000000), {} for i = 1, 300000 do t[i] = s end table.sort(t)",  // hours
        "load(os.clock)",  // until the memory is full
        "load(collectgarbage)",
        "load(('--\\n'):rep(20000000))",  // seconds
        "('x'):rep(40000000):gsub('(x-)(x-)(x-)', '%1%2%3')",  // half a minute
        "('x'):rep(40000000):find('^.-.-.-b')",  // for ever, if the budget did not end it in a minute
        "('x'):rep(40000000):gsub('', os.clock)",
        "for _ in ('x'):rep(40000000):gmatch('.-.-b') do end",
    ])
    func stopWhenTheRunHasToEnd(call: String) async throws {
        var limits = LuaLimits()
        limits.busyTime = .milliseconds(100)
        let script = """
            local function lying(length, index)
              return setmetatable({}, { __len = function() return length end, __index = index })
            end
            \(call)
            """
        let error = await #expect(throws: ScriptError.self) { try await run(script, limits: limits) }
        #expect(error?.name == "BusyError", "\(String(describing: error))")
    }
}
