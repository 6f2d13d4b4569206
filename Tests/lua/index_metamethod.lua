-- A table can fetch what it lacks: a call inside __index waits like any other.
local management = require("auth0").management

local fetched = 0
local names = setmetatable({}, {
  __index = function(cache, id)
    fetched = fetched + 1
    local name = management.clients.get(id).name
    cache[id] = name
    return name
  end,
})

for _, client in ipairs(management.clients.list({ per_page = 3 }).data) do
  assert(names[client.client_id] == client.name)
  assert(names[client.client_id] == client.name)
end
assert(fetched == 3, "each application is fetched once, not " .. fetched .. " times in all")
