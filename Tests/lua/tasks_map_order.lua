-- tasks.map makes calls at the same time and gives their results in the order of the items.
local tasks = require "tasks"
local management = require("auth0").management

local roles = management.roles.list({}).data
local most, now = 0, 0
local names = tasks.map(roles, function(role)
  now = now + 1
  most = math.max(most, now)
  local name = management.roles.get(role.id).name
  now = now - 1
  return name
end, { concurrency = 4 })

assert(#names == #roles)
for position, role in ipairs(roles) do assert(names[position] == role.name, "out of order at " .. position) end
assert(most == 4, "at most, and in fact, 4 at once; there were " .. most)

local ok, problem = pcall(tasks.map, { "auth0|none" }, management.users.get)
assert(not ok and problem.name == "NotFoundError", "the first failure is raised")
