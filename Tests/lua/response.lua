-- The second result of a call tells how it went.
local management = require("auth0").management

local id = management.clients.list({ per_page = 1 }).data[1].client_id
local client, response = management.clients.get(id)
assert(client.client_id == id)
assert(response.status == 200 and response.attempts == 1)
assert(response.url:find("/api/v2/clients/" .. id, 1, true), response.url)
assert(response.headers["content-type"]:find("application/json", 1, true), "header names are in lower case")
assert(response.headers["x-ratelimit-remaining"], "the tenant's rate limit is told")
