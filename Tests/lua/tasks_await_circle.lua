-- Tasks that would wait for themselves are told so at once, though something else is in flight.
local tasks = require "tasks"
local busy = tasks.spawn(tasks.sleep, 60)

local own
own = tasks.spawn(function() own:await() end)
local one, other
one = tasks.spawn(function() other:await() end)
other = tasks.spawn(function() one:await() end)
local parent
parent = tasks.spawn(function() tasks.spawn(function() parent:await() end):await() end)

for name, task in pairs { own = own, other = other, parent = parent } do
  local ok, problem = pcall(task.await, task)
  assert(not ok and problem.name == "DeadlockError", name .. ": " .. tostring(problem))
end
pcall(one.await, one)
busy:cancel()
