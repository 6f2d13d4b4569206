-- users.list ends at Auth0's cap of 1,000 results: the loop gets those, then an error that says so.
local management = require("auth0").management

local count = 0
local ok, problem = pcall(function()
  for _ in management.users.list { per_page = 100 } do count = count + 1 end
end)
assert(not ok, "the loop must not end as if it had seen every user")
assert(count == 1000, "users before the error: " .. count)
assert(problem.name == "LimitError" and problem.kind == "limit", tostring(problem))
assert(tostring(problem):find "1,?000", tostring(problem))
assert(tostring(problem):find("users.list", 1, true), tostring(problem))
assert(problem.hint, "the error names the way out")
