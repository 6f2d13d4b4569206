-- A semaphore lets so many in at once, first come first served, and gives results and errors through.
local tasks = require "tasks"
local semaphore = tasks.semaphore(2)
local now, most, order = 0, 0, {}
tasks.map({ 1, 2, 3, 4, 5, 6 }, function(item)
  local given = semaphore:with(function(value)
    now = now + 1
    most = math.max(most, now)
    table.insert(order, value)
    tasks.sleep(0.002)
    now = now - 1
    return value
  end, item)
  assert(given == item)
end)
assert(most == 2, most)
assert(table.concat(order) == "123456", table.concat(order))

local ok, problem = pcall(semaphore.with, semaphore, function() error("own", 0) end)
assert(not ok and problem == "own")
assert(semaphore:with(function() return semaphore:with(function() return "both are free" end) end) == "both are free")
