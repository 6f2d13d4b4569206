-- Everything of tasks works inside the script's own coroutines.
local tasks = require "tasks"
local semaphore = tasks.semaphore(1)
local function answer(text)
  tasks.sleep(0)
  return text
end
local steps = coroutine.wrap(function()
  coroutine.yield(tasks.scope(function(scope) return scope:spawn(answer, "scope"):await() end))
  coroutine.yield(tasks.map({ "map" }, answer)[1])
  coroutine.yield(tasks.race(function() tasks.sleep(60) end, function() return answer "race" end))
  coroutine.yield(tasks.timeout(60, answer, "timeout"))
  coroutine.yield(tasks.shield(answer, "shield"))
  semaphore:with(function() coroutine.yield(answer "semaphore") end)
  local ok, problem = pcall(tasks.timeout, 0.01, tasks.sleep, 60)
  coroutine.yield(not ok and problem.kind)
end)
for _, expected in ipairs { "scope", "map", "race", "timeout", "shield", "semaphore", "timeout" } do
  local given = steps()
  assert(given == expected, tostring(given))
end
