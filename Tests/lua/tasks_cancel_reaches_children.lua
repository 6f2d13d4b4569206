-- Cancelling a task cancels what it started, and what that started, the innermost first.
local tasks = require "tasks"
local closed = {}
local function closing(name)
  return setmetatable({}, { __close = function() table.insert(closed, name) end })
end
local outer = tasks.spawn(function()
  local own <close> = closing "outer"
  tasks.spawn(function()
    local own <close> = closing "middle"
    tasks.scope(function(scope)
      local own <close> = closing "scope"
      scope:spawn(function() local own <close> = closing "inner" tasks.sleep(60) end):await()
    end)
  end)
  tasks.sleep(60)
end)
tasks.sleep(0.02)
outer:cancel()
pcall(outer.await, outer)
assert(closed[1] == "inner" and closed[2] == "scope" and #closed == 4, table.concat(closed, " "))
