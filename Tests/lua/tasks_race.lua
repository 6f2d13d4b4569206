-- The first of a race decides, with results or an error; the others are over when it is.
local tasks = require "tasks"
local closed = 0
local function slow()
  local close <close> = setmetatable({}, { __close = function() closed = closed + 1 end })
  tasks.sleep(60)
end
local a, b = tasks.race(slow, function() tasks.sleep(0.01) return "a", "b" end, slow)
assert(a == "a" and b == "b" and closed == 2, closed)

local ok, problem = pcall(tasks.race, { slow, function() error("lost", 0) end })
assert(not ok and problem == "lost", tostring(problem))
assert(tasks.race { function() return "only" end } == "only")
-- A loser that fails when it is cancelled changes nothing.
assert(tasks.race(function() pcall(tasks.sleep, 60) error "late" end, function() return 1 end) == 1)
