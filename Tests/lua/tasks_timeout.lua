-- A timeout cancels its function and all that it started, and names the time; in time it gives the results.
local tasks = require "tasks"
local closed = 0
local function closing() return setmetatable({}, { __close = function() closed = closed + 1 end }) end
local ok, problem = pcall(tasks.timeout, 0.02, function()
  local own <close> = closing()
  tasks.spawn(function() local own <close> = closing() tasks.sleep(60) end)
  tasks.sleep(60)
end)
assert(not ok and problem.name == "TimeoutError" and problem.kind == "timeout", tostring(problem))
assert(problem.message:find("0.02 seconds", 1, true), problem.message)
assert(closed == 2, closed)

local first, second, third = tasks.timeout("1m", function(...) return ... end, 1, nil, 3)
assert(first == 1 and second == nil and third == 3)
ok, problem = pcall(tasks.timeout, 60, error, "own")
assert(not ok and problem == "own", tostring(problem))
