-- tasks.map reads an iterator no further than it needs to, hands each item alone to its function, and stops at a failure.
local tasks = require "tasks"
local read, finished = 0, 0
local function items()
  assert(read - finished < 3, "read too far")
  if read < 20 then
    read = read + 1
    return read
  end
end
local results = tasks.map(items, function(...)
  assert(select("#", ...) == 1)
  tasks.sleep(0.001)
  finished = finished + 1
  if ... % 2 == 0 then return ... end
end, { concurrency = 3 })
assert(read == 20 and results[19] == nil and results[20] == 20)

read, finished = 0, 0
local ok, problem = pcall(tasks.map, items, function(item)
  tasks.sleep(0)
  finished = finished + 1
  if item == 5 then error("enough", 0) end
end, { concurrency = 2 })
assert(not ok and problem == "enough" and read <= 7, read)
