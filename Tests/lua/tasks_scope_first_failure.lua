-- The first failure in a scope cancels its other tasks and its function, and is raised as it was.
local tasks = require "tasks"
local closed = {}
local function closing(name)
  return setmetatable({}, { __close = function(_, problem) table.insert(closed, name .. ":" .. problem.kind) end })
end
local failure = { kind = "own" }
local ok, problem = pcall(tasks.scope, function(scope)
  local own <close> = closing "function"
  scope:spawn(function() local own <close> = closing "sibling" tasks.sleep(60) end)
  scope:spawn(function() tasks.sleep(0.01) error(failure) end)
  tasks.sleep(60)
end)
assert(not ok and problem == failure, tostring(problem))
assert(table.concat(closed, " ") == "sibling:cancelled function:cancelled", table.concat(closed, " "))
