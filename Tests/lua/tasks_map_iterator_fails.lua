-- When reading the items fails, those that are under way are cancelled and the error is raised.
local tasks = require "tasks"
local closed = 0
local function items(count)
  return coroutine.wrap(function()
    for item = 1, count do coroutine.yield(item) end
    tasks.sleep(0.01)
    error("no more", 0)
  end)
end
local ok, problem = pcall(tasks.map, items(3), function()
  local close <close> = setmetatable({}, { __close = function() closed = closed + 1 end })
  tasks.sleep(60)
end)
assert(not ok and tostring(problem):find "no more", tostring(problem))
assert(closed == 3, closed)
