-- Without --allow-delete no DELETE is sent, on the demo tenant neither.
local management = require("auth0").management

local id = management.clients.list({ per_page = 1, is_global = false }).data[1].client_id
local ok, problem = pcall(management.clients.delete, id)
assert(not ok and problem.kind == "permission", tostring(problem))
assert(tostring(problem):find("--allow-delete", 1, true), tostring(problem))
assert(management.clients.get(id).client_id == id, "the application is still there")
