-- What the catalog does not know can be called by method and path.
local management = require("auth0").management
local made, response = management.request { method = "POST", path = "/roles", body = { name = "made by path" } }
assert(made.name == "made by path" and response.status == 200)
local found = management.request { path = "/api/v2/roles", query = { name_filter = "made by", per_page = 5 } }
assert(#found == 1 and found[1].id == made.id)
local ok, problem = pcall(management.request, { method = "DELETE", path = "/roles/" .. made.id })
assert(not ok and problem.kind == "permission", problem)
ok, problem = pcall(management.request, { path = "/roles/../clients" })
assert(not ok and problem.kind == "argument", problem)
ok, problem = pcall(management.request, { path = "/roles", querry = {} })
assert(not ok and problem.message:find "unknown field 'querry'", problem)
ok, problem = pcall(management.request, { path = "/users/auth0|none" })
assert(not ok and problem.name == "NotFoundError", problem)
