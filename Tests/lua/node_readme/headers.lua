-- Headers, a timeout and retries for one call.
local management = require("auth0").management

local action, response = management.actions.create(
  { name = "with headers", supported_triggers = { { id = "post-login" } } },
  { headers = { ["X-Custom-Header"] = "custom value", ["X-Request-ID"] = "5b6d" }, timeout = 30, max_retries = 3 })
assert(action.name == "with headers" and response.status == 201)

local ok, problem = pcall(management.actions.list, {}, { headers = { ["X-Bad"] = "a\r\nb: c" } })
assert(not ok and problem.kind == "argument", tostring(problem))
