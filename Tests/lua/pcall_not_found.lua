-- What the tenant refuses is raised as an error table that pcall catches.
local management = require("auth0").management

local ok, problem = pcall(management.users.get, "auth0|none")
assert(not ok)
print(problem.name, problem.status_code, problem.operation)
assert(problem.kind == "api", problem.kind)
assert(problem.attempts == 1, "a 404 is not sent again")
assert(problem.body.statusCode == 404, "the tenant's own words are kept")
assert(tostring(problem):find("NotFoundError", 1, true), tostring(problem))
