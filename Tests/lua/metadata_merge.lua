-- A user's metadata is merged key by key, and null removes a key.
local json = require "json"
local management = require("auth0").management

local user = management.users.list({ per_page = 1 }).data[1]
local before = user.user_metadata
assert(before.language and before.color, "the demo tenant's users have a language and a color")

management.users.update(user.user_id, { user_metadata = { team = "north" } })
local merged = management.users.get(user.user_id).user_metadata
assert(merged.team == "north" and merged.language == before.language and merged.color == before.color)

management.users.update(user.user_id, { user_metadata = { color = json.null } })
local after = management.users.get(user.user_id).user_metadata
assert(after.color == nil and after.language == before.language, json.encode(after))
