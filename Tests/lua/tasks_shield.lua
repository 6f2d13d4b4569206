-- Clean-up in a shield may wait and make calls although its task was cancelled or failed.
local tasks = require "tasks"
local management = require("auth0").management
local cleaned = {}
local function work(name)
  local role = management.roles.create { name = name }
  local clean <close> = setmetatable({}, { __close = function()
    cleaned[#cleaned + 1] = tasks.shield(management.roles.get, role.id).id == role.id
  end })
  tasks.sleep(60)
end
local task = tasks.spawn(work, "one")
local ok, problem = pcall(tasks.timeout, 0.3, work, "other")
assert(not ok and problem.kind == "timeout", tostring(problem))
task:cancel()
ok, problem = pcall(task.await, task)
assert(not ok and problem.kind == "cancelled", tostring(problem))
assert(#cleaned == 2 and cleaned[1] and cleaned[2])
