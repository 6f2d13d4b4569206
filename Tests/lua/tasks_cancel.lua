-- Every wait of a cancelled task raises; a task that has not begun never does; one that is over stays as it is.
local tasks = require "tasks"
local cleaning, waited, began = false, false, false
local task = tasks.spawn(function()
  local close <close> = setmetatable({}, { __close = function()
    cleaning = true
    tasks.sleep(0)
    waited = true
  end })
  tasks.sleep(60)
end)
tasks.sleep(0.01)
task:cancel()
local ok, problem = pcall(task.await, task)
assert(not ok and problem.kind == "cancelled" and task.done)
assert(cleaning and not waited, "the wait in clean-up raised too")

local early = tasks.spawn(function() began = true end)
early:cancel()
ok, problem = pcall(early.await, early)
assert(not ok and problem.kind == "cancelled" and not began)

local over = tasks.spawn(function() return 1 end)
assert(over:await() == 1)
over:cancel()
assert(over:await() == 1)
