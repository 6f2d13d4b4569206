-- A task that its scope cancels itself is no failure of the scope, but awaiting it raises.
local tasks = require "tasks"
local result = tasks.scope(function(scope)
  local child = scope:spawn(tasks.sleep, 60)
  tasks.sleep(0.01)
  child:cancel()
  local ok, problem = pcall(child.await, child)
  assert(not ok and problem.name == "CancelledError", tostring(problem))
  return "done"
end)
assert(result == "done")
