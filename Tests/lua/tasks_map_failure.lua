-- The first failure in tasks.map ends the other items, and is raised as it was.
local tasks = require "tasks"
local finished = 0
local ok, problem = pcall(tasks.map, { 1, 2, 3, 4 }, function(item)
  if item == 2 then error({ item = item }) end
  tasks.sleep(60)
  finished = finished + 1
end)
assert(not ok and problem.item == 2, tostring(problem))
assert(finished == 0)
