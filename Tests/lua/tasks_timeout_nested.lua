-- Of nested timeouts the one that is due ends its own function; an outer one is not caught further in.
local tasks = require "tasks"
local ok, problem = pcall(tasks.timeout, 60, function()
  local ok, problem = pcall(tasks.timeout, 0.01, tasks.sleep, 60)
  assert(not ok and problem.message:find("0.01", 1, true), tostring(problem))
  return "went on"
end)
assert(ok and problem == "went on", tostring(problem))

local caught
ok, problem = pcall(tasks.timeout, 0.02, function()
  local ok, problem = pcall(tasks.timeout, 60, tasks.sleep, 60)
  caught = problem
  tasks.sleep(60)
end)
assert(not ok and problem.message:find("0.02", 1, true), tostring(problem))
assert(caught == nil or caught.kind == "cancelled", tostring(caught))
