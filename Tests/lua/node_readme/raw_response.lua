-- The second result of a call is the raw response.
local management = require("auth0").management

local action, response = management.actions.create {
  name = "raw response", supported_triggers = { { id = "post-login" } },
}
assert(action.id and response.status == 201 and response.attempts == 1)
assert(response.headers["content-type"]:find "json" and tonumber(response.headers["x-ratelimit-limit"]))
