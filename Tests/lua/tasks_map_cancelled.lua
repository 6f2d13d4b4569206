-- A task that is cancelled in the middle of tasks.map takes its items along, and the run goes on.
local tasks = require "tasks"
local ended = 0
local mapping = tasks.spawn(function()
  tasks.map({ 1, 2, 3 }, function()
    local count <close> = setmetatable({}, { __close = function() ended = ended + 1 end })
    tasks.sleep(60)
  end)
end)
tasks.sleep(0.05)
mapping:cancel()
local ok, problem = pcall(mapping.await, mapping)
assert(not ok and problem.kind == "cancelled", tostring(problem))
assert(ended == 3, ended)
