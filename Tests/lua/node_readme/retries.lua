-- luath: --allow-net=127.0.0.1:9
-- A call that fails for a passing reason is repeated, as often as it is allowed to be.
local auth0 = require "auth0"
local nobody = auth0.ManagementClient { domain = "http://127.0.0.1:9", token = "any", max_retries = 1 }

local ok, problem = pcall(nobody.actions.create, { name = "x", supported_triggers = { { id = "post-login" } } })
assert(not ok and problem.kind == "network" and problem.name == "NetworkError", tostring(problem))
assert(problem.attempts == 2, problem.attempts)

local ok, problem = pcall(nobody.actions.list, {}, { max_retries = 0 })
assert(not ok and problem.attempts == 1, problem.attempts)
