-- The walk-through of Auth0's blog: get an application, change its name, see the change. Wrong keys are refused.
local auth0 = require "auth0.v2"
local management = auth0.management

local id = management.getClients({ is_global = false, per_page = 1 })[1].client_id
local client = management.getClient { client_id = id }
local updated = management.updateClient({ client_id = id }, { name = client.name .. " (renamed)" })
assert(updated.name == client.name .. " (renamed)")
assert(management.clients.get({ client_id = id }).name == updated.name, "grouped names are there too")

-- Then, a wrong key fell out of the path and the call went to the whole list.
local ok, problem = pcall(management.getClient, { id = id })
assert(not ok and problem.kind == "argument", tostring(problem))
assert(tostring(problem):find("'client_id' is missing", 1, true), tostring(problem))
