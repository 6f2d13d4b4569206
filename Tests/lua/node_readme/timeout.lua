-- A call that takes too long ends with a TimeoutError.
local management = require("auth0").management

assert(management.actions.list({}, { timeout = 30 }).data)
local ok, problem = pcall(management.users.list, { per_page = 100 }, { timeout = 0.000001, max_retries = 0 })
assert(not ok and problem.name == "TimeoutError" and problem.kind == "timeout", tostring(problem))
