// What the module `tasks` needs besides the host's own task functions.

import LuaHost

enum TasksModule {
    static let functions: [HostFunction] = [
        HostFunction("sleep") { call in
            if call.count > 1 { throw LuaError.argument("tasks.sleep: got \(call.count) arguments, takes 1") }
            let duration = try time(call, "tasks.sleep", "from 0") { $0 >= .zero }
            return .wait {
                try await Task.sleep(for: duration)
                return .nothing
            }
        },
        HostFunction("check_limit") { call in
            _ = try time(call, "tasks.timeout", "above 0") { $0 > .zero }
            return .values(0)
        },
        // Waits for a time, and fails then.
        HostFunction("expire") { call in
            let duration = LuaCallOptions.duration(call.value(1)) ?? .zero
            let limit = call.text(1) + (call.type(1) == .number ? " seconds" : "")
            return .wait {
                try await Task.sleep(for: duration)
                throw LuaError(
                    name: "TimeoutError", kind: "timeout",
                    message: "tasks.timeout: the function did not end within \(limit)")
            }
        },
        HostFunction("refuse") { call in throw LuaError.argument(call.string(1) ?? "") },
        // A list that the API cuts short is refused before its first item is touched.
        HostFunction("check_items") { call in
            guard call.type(1) == .table else { return .values(0) }
            try call.stack.pushField("_list", of: 1)
            defer { call.stack.pop() }
            guard let page = call.object(call.stack.top, as: ListPage.self) else { return .values(0) }
            if let cap = page.paging.cap, let total = call.field("total", of: 1).integer, total > cap {
                throw page.call.operation.cutList(after: cap)
            }
            return .values(0)
        },
    ]

    private static func time(
        _ call: LuaCall, _ function: String, _ range: String, _ isInRange: (Duration) -> Bool
    ) throws -> Duration {
        if let duration = LuaCallOptions.duration(call.value(1)), isInRange(duration) { return duration }
        let isShown = call.type(1) == .number || call.type(1) == .string
        throw LuaError.argument(
            "\(function): argument 1 must be seconds \(range), or a text such as '5m', got "
                + (isShown ? "'\(call.text(1))'" : call.type(1).name))
    }
}
