-- A script of the SDK's generation 4: grouped names, path and query in one table, results with `data`.
local management = require("auth0.v4").management

local users = management.users.getAll { per_page = 2 }
assert(users.status == 200 and users.status_text == "OK" and #users.data == 2, "a bare list in data")
assert(users.headers["content-type"]:find("json", 1, true))
local totals = management.users.getAll { per_page = 2, include_totals = true }
assert(totals.data.total > 1000 and #totals.data.users == 2)

local id = management.clients.getAll({ per_page = 1, is_global = false }).data[1].client_id
local changed = management.clients.update({ client_id = id }, { description = "from generation 4" })
assert(changed.data.description == "from generation 4")
assert(management.clients.get({ client_id = id, fields = "description" }).data.name == nil, "only what was asked for")

local created = management.roles.create { name = "Old role" }
assert(created.status_text == (created.status == 201 and "Created" or "OK"))
management.users.assignRoles({ id = users.data[1].user_id }, { roles = { created.data.id } })
local roles = management.users.getRoles { id = users.data[1].user_id }
local found = false
for _, role in ipairs(roles.data) do found = found or role.id == created.data.id end
assert(found, "the user has the role")
