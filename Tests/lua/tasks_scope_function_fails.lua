-- When a scope's function fails, its tasks are cancelled and waited for; a failure of theirs comes second.
local tasks = require "tasks"
local cleaned = false
local ok, problem = pcall(tasks.scope, function(scope)
  scope:spawn(function()
    local clean <close> = setmetatable({}, { __close = function()
      tasks.shield(tasks.sleep, 0.02)
      cleaned = true
      error "second"
    end })
    tasks.sleep(60)
  end)
  tasks.sleep(0.01)
  error("first", 0)
end)
assert(not ok and problem == "first", tostring(problem))
assert(cleaned)
