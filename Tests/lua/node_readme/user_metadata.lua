-- A user's metadata is updated.
local management = require("auth0").management
local id = management.users.list({ per_page = 1 }).data[1].user_id
management.users.update(id, { user_metadata = { foo = "bar" } })
assert(management.users.get(id).user_metadata.foo == "bar")
