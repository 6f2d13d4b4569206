// Random Lua values, as Swift has them and as scripts write them.

import LuaHost

extension FuzzRandom {
    /// A value that comes back from Lua as it went in.
    mutating func value(depth: Int = 4) -> LuaValue {
        switch below(depth > 0 ? 10 : 7) {
        case 0: .null
        case 1: .boolean(chance(50))
        case 2: .integer(integer())
        case 3: .number(number())
        case 4, 5: .string(text())
        case 6: .bytes(bytes())
        case 7, 8: .array(list(upTo: 4) { $0.value(depth: depth - 1) })
        default: .table(list(upTo: 4) { ($0.text(), $0.value(depth: depth - 1)) })
        }
    }

    /// Lua source of an expression.
    mutating func expression(depth: Int = 3) -> String {
        switch below(depth > 0 ? 16 : 9) {
        case 0: pick(["nil", "json.null", "true", "false"])
        case 1: "\(integer())".replacing("-9223372036854775808", with: "math.mininteger")
        case 2: pick(["0/0", "1/0", "-1/0", "1e300", "0.5", "-0.0", "2^53", "3.0", "1e15"])
        case 3, 4, 5: Self.quoted(Array(text().utf8))
        case 6: Self.quoted(bytes())
        case 7: pick(["{}", "json.array{}", "json.object{}", "{ {} }"])
        case 8: pick(Self.odd)
        case 9, 10: "{ " + list(upTo: 4) { $0.expression(depth: depth - 1) }.joined(separator: ", ") + " }"
        case 11:
            "{ [" + pick(["1", "2", "-1", "1.5", "true", "print", "json.null", "{}", "'x'", "1e300"])
                + "] = \(expression(depth: depth - 1)) }"
        case 12: "json.array { \(list(upTo: 3) { $0.expression(depth: depth - 1) }.joined(separator: ", ")) }"
        default: "{ " + list(upTo: 4) { $0.field(depth: depth - 1) }.joined(separator: ", ") + " }"
        }
    }

    private mutating func field(depth: Int) -> String {
        "\(pick(Self.names)) = \(expression(depth: depth))"
    }

    /// Names that the API and the modules know.
    private static let names = [
        "name", "email", "page", "per_page", "include_totals", "take", "from", "q", "fields", "sort", "id", "user_id",
        "description", "timeout", "max_retries", "headers", "deadline", "custom_domain", "idempotent", "abort_signal",
        "poll_interval", "concurrency", "domain", "token", "client_id", "client_secret", "fetcher", "users", "indent",
        "path", "method", "query", "body", "type", "params", "run", "summary", "permissions", "connection_id",
    ]

    /// Values that no argument should be.
    private static let odd = [
        "print", "function() return 1 end", "function() error('fuzz') end", "coroutine.create(print)",
        "coroutine.wrap(function() coroutine.yield('fuzz') end)",
        "setmetatable({}, { __index = function() error('fuzz') end })",
        "setmetatable({}, { __tostring = function() error('fuzz') end })",
        "setmetatable({}, { __tostring = function() return 1 end })",
        "setmetatable({}, { __len = function() return 1e9 end })",
        "setmetatable({}, { __call = function() return 'fuzz' end })",
        "setmetatable({}, { __pairs = function() error('fuzz') end })", "setmetatable({ 1 }, { __name = 'fuzz' })",
        "setmetatable({}, { __metatable = 'fuzz' })", "(function() local t = {} t.t = t t[1] = t return t end)()",
        "(function() local t = {} for i = 1, 300 do t = { t } end return t end)()",
        "(function() local t = {} for i = 1, 10 do t = { a = t, b = t } end return t end)()",
        "auth0.AbortController().signal", "auth0.AbortController()", "auth0.management", "auth0.management.users",
        "auth0.management.users.get", "a_page()", "a_page", "a_task()", "an_error()", "an_aborted()",
        "('x'):rep(70000)",
        "{ 1, nil, 3 }", "{ 1, x = 2 }", "{ [1.5] = 1 }", "{ [true] = 1 }", "select('#')", "string", "math.huge",
    ]

    /// A string literal of any bytes.
    static func quoted(_ bytes: [UInt8]) -> String {
        "\"" + bytes.map { "\\" + String(repeating: "0", count: 3 - "\($0)".count) + "\($0)" }.joined() + "\""
    }
}
