// What the module `tasks` needs besides the host's own task functions.

import LuaHost

enum TasksModule {
    static let functions: [HostFunction] = [
        HostFunction("sleep") { call in
            guard let duration = LuaCallOptions.duration(call.value(1)) else {
                throw LuaError.argument("tasks.sleep takes seconds or a text such as '5m', got \(call.type(1).name)")
            }
            return .wait {
                try await Task.sleep(for: duration)
                return .nothing
            }
        },
        HostFunction("keep_unhandled") { call in
            try call.stack.pushCopy(1)
            try call.stack.keep("unhandled")
            return .values(0)
        },
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
}
