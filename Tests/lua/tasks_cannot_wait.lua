-- Where Lua cannot suspend, nothing is started and the error says where that is.
local tasks = require "tasks"
local began = false
for _, wait in ipairs { tasks.scope, tasks.race, tasks.shield, function(fn) tasks.timeout(1, fn) end } do
  local ok, problem = pcall(table.sort, { 2, 1 }, function() wait(function() began = true end) end)
  assert(not ok and problem.message:find "table.sort", tostring(problem))
end
tasks.sleep(0.01)
assert(not began)
