-- Every task that awaits another one gets the same results, or the same error.
local tasks = require "tasks"
local working = tasks.spawn(function() tasks.sleep(0.01) return "value", 2 end)
local failing = tasks.spawn(function() tasks.sleep(0.01) error({ kind = "own" }) end)
local seen = tasks.map({ 1, 2, 3 }, function()
  local value, number = working:await()
  local ok, problem = pcall(failing.await, failing)
  assert(value == "value" and number == 2 and not ok)
  return problem
end)
assert(seen[1].kind == "own" and seen[1] == seen[2] and seen[2] == seen[3])
