-- API calls inside a coroutine of the script's own wait without the coroutine's caller noticing.
local management = require("auth0").management

local function each_role()
  return coroutine.wrap(function()
    for role in management.roles.list { per_page = 4 } do
      coroutine.yield(management.roles.get(role.id).name)
    end
  end)
end

local names = {}
for name in each_role() do
  assert(type(name) == "string", "only what the generator yields comes out, got " .. type(name))
  table.insert(names, name)
end
assert(#names == management.roles.list({}).total, "roles: " .. #names)

local generator = coroutine.create(function() return management.roles.list({ per_page = 1 }).data[1].name end)
local ok, name = coroutine.resume(generator)
assert(ok and name == names[1], "coroutine.resume gives the result of the call")
assert(coroutine.status(generator) == "dead")
