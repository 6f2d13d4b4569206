// Fuzzes the arguments of everything that a script can call: whatever goes in, the answer is a result or a Lua error of a
// known kind with a message, and the state still works afterwards.

import Auth0API
import Auth0Client
import Foundation
import Logging
import LuaHost
import Luath
import Synchronization
import Testing

@Suite struct CallFuzzTests {
    @Test func everyFailureIsAnErrorThatSaysWhy() async throws {
        try await withFolder { folder in
            let path = folder.path
            try await Fuzzing.run("everyFailureIsAnErrorThatSaysWhy", seeds: 100) { seed in
                var random = FuzzRandom(seed: seed)
                let calls = (0..<20).map { _ in "attempt(\(random.call()))" }
                let problems = Mutex<[String]>([])
                var host = ScriptHost(
                    tenant: TenantSettings(
                        domain: "tenant.auth0.com", credentials: .token(Secret("tok")), clientID: "cid",
                        authentication: .secret(Secret("sec"))))
                host.options.transport = RandomTransport(seed: seed)
                host.options.time = TimeSource(clock: ImmediateClock())
                host.permissions.allowsDelete = true
                host.permissions.hosts = ["x"]
                host.permissions.readablePaths = [path]
                host.permissions.writablePaths = [path]
                host.logger = Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() }
                host.print = { _ in }
                host.modules["fuzz"] = HostModule(functions: [
                    .sync("report") { arguments in
                        problems.withLock { $0.append(arguments[1].string ?? "\(arguments[1])") }
                        return nil
                    },
                    .sync("now") { arguments in arguments[1] },
                    .async("later") { arguments in arguments[1] },
                ])
                let code = Self.harness + "local folder = ...\n" + calls.joined(separator: "\n") + "\nreturn 'done'"
                do {
                    let outcome = try await host.run(Script(code, name: "fuzz", arguments: [.string(path)]))
                    if outcome.values != ["done"] { problems.withLock { $0.append("\(outcome)") } }
                } catch let error as ScriptError {
                    // Of a task that nobody awaited.
                    let isKnown = error.kind != nil || error.message.contains("fuzz")
                    if !isKnown { problems.withLock { $0.append("\(error)") } }
                }
                return problems.withLock { $0 }
            }
        }
    }

    private static let harness = """
        local auth0, json, tasks, fuzz = require "auth0", require "json", require "tasks", require "fuzz"
        local fs, log, recipe, v4, v2 = require "fs", require "log", require "recipe", require "auth0.v4", require "auth0.v2"
        local kinds = {}
        for kind in ("api network timeout argument parse permission limit cancelled config file usage host script"):gmatch("%a+") do
          kinds[kind] = true
        end
        local function a_page()
          local ok, page = pcall(auth0.management.roles.list, {})
          return ok and page or nil
        end
        local function a_task() return tasks.spawn(function() return 1 end) end
        local function an_error() return select(2, pcall(auth0.management.users.get, "")) end
        local function an_aborted()
          local controller = auth0.AbortController()
          controller:abort()
          return { abort_signal = controller.signal }
        end
        local function check(name, problem)
          if type(problem) == "table" and rawget(problem, "traceback") then
            if not kinds[problem.kind] then fuzz.report(name .. ": kind " .. tostring(problem.kind)) end
            if type(problem.message) ~= "string" or problem.message == "" then fuzz.report(name .. ": no message") end
            if not tostring(problem):find("Error: ", 1, true) then fuzz.report(name .. ": " .. tostring(problem)) end
            if problem.name == "HostError" then fuzz.report(name .. ": " .. tostring(problem)) end
            return
          end
          local shown, text = pcall(tostring, problem)
          if not shown or text:find("fuzz", 1, true) then return end -- raised by an argument
          if type(problem) ~= "string" or problem == "" then return fuzz.report(name .. " raised a " .. type(problem) .. ": " .. text) end
          if problem:find("^luath:%d+:") then fuzz.report(name .. " failed inside: " .. problem) end
        end
        -- What comes back is used as a script would: walked over, shown, closed.
        local function use(result)
          pcall(tostring, result)
          if type(result) ~= "table" and type(result) ~= "function" then return end
          pcall(json.encode, result)
          if type(result) == "table" and not rawget(result, "_list") and not rawget(result, "_stream") then return end
          local count = 0
          for item in result do
            count = count + 1
            if count > 30 then break end
          end
        end
        local function attempt(name, waits, fn)
          local ran = false
          local task = tasks.spawn(function()
            local ok, result = pcall(fn)
            if not ok then check(name, result) elseif not waits then
              local ok, problem = pcall(use, result)
              if not ok then check(name .. "'s result", problem) end
            end
            ran = true
          end)
          if waits then task:cancel() end
          local ok, problem = pcall(task.await, task)
          if not ok then check(name .. " as a task", problem) end
          if not ran and not waits then fuzz.report(name .. " did not come to its end") end
          if json.encode(json.decode('{"a":[1,null]}')) ~= '{"a":[1,null]}' or fuzz.later(name) ~= name then
            fuzz.report(name .. " broke the state")
          end
        end

        """
}

/// Answers anything, the same for the same seed; after many requests nothing more is there, so that every loop ends.
private final class RandomTransport: Transport {
    private let state: Mutex<(random: FuzzRandom, count: Int)>
    init(seed: UInt64) { state = Mutex((FuzzRandom(seed: seed &+ 1), 0)) }

    func send(_ request: APIRequest, timeout: Duration) async throws(APIError) -> APIResponse {
        let answer = state.withLock { state -> Result<APIResponse, APIError> in
            state.count += 1
            return state.count > 300 ? .success(.json("{}", status: 404)) : state.random.answer()
        }
        await Task.yield()
        return try answer.get()
    }
}

extension FuzzRandom {
    fileprivate mutating func answer() -> Result<APIResponse, APIError> {
        if chance(5) {
            return .failure(APIError(pick([.network, .timeout, .limit]), name: "NetworkError", message: "no answer"))
        }
        let status = pick([200, 200, 200, 200, 200, 201, 202, 204, 301, 400, 401, 403, 404, 409, 429, 500, 503, 599])
        let body: String
        switch below(8) {
        case 0: body = ""
        case 1: body = pick(["<html>", "{", "[1", "null", "[]", "{}", "\"x\"", "12", "\u{0}", "[[[[", #"{"error":5}"#])
        case 2:
            body =
                #"{"error":"\#(pick(["authorization_pending", "slow_down", "expired_token", "mfa_required"]))","mfa_token":"x"}"#
        case 3: body = #"{"access_token":"abc","expires_in":\#(integer()),"id_token":"a.b.c","token_type":"Bearer"}"#
        case 4: body = "id: 5\nevent: user.created\ndata: {\"a\":1}\n\ndata: x\n\nevent: error\ndata: {}\n\n"
        default:
            let items = (0..<below(4)).map { _ in
                #"{"id":"\#(below(9))","user_id":"u","created_at":"2024-01-0\#(1 + below(9))T00:00:00.000Z"}"#
            }
            let list = "[\(items.joined(separator: ","))]"
            let next = chance(30) ? #","next":"n\#(below(99))""# : ""
            body =
                chance(20)
                ? list
                : #"{"start":\#(below(9)),"limit":\#(below(4)),"length":\#(items.count),"total":\#(pick([0, 3, 50, 2000, -1]))\#(next),"\#(pick(["roles", "clients", "users", "logs", "connections", "items"]))":\#(list)}"#
        }
        var headers: [(name: String, value: String)] = []
        if chance(20) { headers.append(("retry-after", pick(["1", "-1", "soon", "99999999999999999999", ""]))) }
        if chance(10) { headers.append(("location", "https://elsewhere/")) }
        return .success(.json(body, status: status, headers: headers))
    }

    /// Arguments of `attempt`: a name, whether the call is cancelled while it waits, and the call.
    fileprivate mutating func call() -> String {
        let name = target(), waits = name.hasPrefix("tasks.") || chance(5)
        let arguments = arguments(of: name).joined(separator: ", ")
        return "\(Self.quoted(Array(name.utf8))), \(waits), function() return \(name)(\(arguments)) end"
    }

    private static let others = [
        "json.encode", "json.decode", "json.array", "json.object", "fs.read", "fs.write", "fs.exists", "fs.lines",
        "log.info",
        "log.error", "recipe", "auth0.pkce", "auth0.all_users", "auth0.AbortController", "auth0.ManagementClient",
        "auth0.AuthenticationClient", "auth0.UserInfoClient", "auth0.management.request",
        "auth0.management.events.subscribe",
        "v4.ManagementClient", "v4.AuthenticationClient", "v2.ManagementClient", "v2.AuthenticationClient", "require",
        "os.getenv",
        "os.date", "os.time", "a_page().get_next_page", "a_page():get_next_page", "a_page():has_next_page", "a_page()",
        "a_task():await", "a_task():cancel", "auth0.AbortController().abort",
        "tostring", "load", "pcall",
        "xpcall", "select", "setmetatable", "rawset", "next", "ipairs", "pairs", "coroutine.wrap",
        "coroutine.resume",
        "coroutine.close", "coroutine.status", "coroutine.create", "coroutine.yield", "debug.traceback", "utf8.char",
        "utf8.len", "math.tointeger",
        "fuzz.now", "fuzz.later",
    ]
    private static let ownTasks = ["tasks.sleep", "tasks.spawn", "tasks.map"]
    private static let operations = API.allCases.flatMap { api in
        Catalog.shared.names(in: api).map { "auth0.\(api.rawValue).\($0)" }
    }
    private static let legacy = Generation.allCases.flatMap { generation in
        [API.management, .authentication].flatMap { api in
            LegacyCatalog.shared.names(generation, api).map { "\(generation.rawValue).\(api.rawValue).\($0)" }
        }
    }

    private mutating func target() -> String {
        switch below(10) {
        case 0...3: pick(Self.operations)
        case 4: pick(Self.legacy)
        case 5: pick(Self.ownTasks)
        default: pick(Self.others)
        }
    }

    private mutating func arguments(of name: String) -> [String] {
        let parts = name.split(separator: ".")
        guard chance(60), parts.count > 2, parts[0] == "auth0", let api = API(rawValue: String(parts[1])),
            let operation = Catalog.shared.operation(parts.dropFirst(2).joined(separator: "."), in: api)
        else {
            let path =
                name.hasPrefix("fs.") && chance(70) ? [pick(["folder", "folder .. '/x'", "folder .. '/../x'"])] : []
            return path + list(upTo: 4) { $0.expression() }
        }
        // Arguments that are nearly right.
        var arguments = operation.pathParameters.map { _ in chance(90) ? "\"id\(below(9))\"" : expression(depth: 1) }
        if operation.takesRequest, chance(90) {
            let names = operation.requestNames
            let fields =
                names.isEmpty
                ? []
                : list(upTo: 4) { random in
                    "[\"\(random.pick(names))\"] = \(random.expression(depth: 2))"
                }
            arguments.append("{ \(fields.joined(separator: ", ")) }")
        }
        if chance(30) { arguments.append(chance(30) ? "an_aborted()" : expression(depth: 2)) }
        return arguments
    }
}
