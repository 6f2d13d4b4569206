-- A module that makes a call while it loads.
local management = require("auth0").management

return management.roles.list({ per_page = 1 }).data[1]
