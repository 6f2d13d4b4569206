-- Who is cancelled while waiting for a permit takes none, and who holds one gives it back.
local tasks = require "tasks"
local semaphore = tasks.semaphore(1)
local entered = {}
local function enter(name, time)
  return tasks.spawn(semaphore.with, semaphore, function() table.insert(entered, name) tasks.sleep(time) end)
end
local holder, waiting, last = enter("holder", 60), enter("waiting", 60), enter("last", 0)
tasks.sleep(0.01)
waiting:cancel()
holder:cancel()
last:await()
assert(table.concat(entered, " ") == "holder last", table.concat(entered, " "))
assert(semaphore:with(function() return "free" end) == "free")
