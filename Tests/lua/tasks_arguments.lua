-- What is wrong with an argument is said with the name of the function, before anything is started.
local tasks = require "tasks"
local cases = {
  ["tasks.spawn: argument 1 must be a function, got nil"] = function() tasks.spawn() end,
  ["tasks.sleep: argument 1 must be seconds from 0, or a text such as '5m', got '-1'"] = function() tasks.sleep(-1) end,
  ["tasks.sleep: argument 1 must be seconds from 0, or a text such as '5m', got 'soon'"] = function() tasks.sleep "soon" end,
  ["tasks.sleep: argument 1 must be seconds from 0, or a text such as '5m', got table"] = function() tasks.sleep {} end,
  ["tasks.sleep: got 2 arguments, takes 1"] = function() tasks.sleep(1, 2) end,
  ["tasks.timeout: argument 1 must be seconds above 0, or a text such as '5m', got '0'"] = function() tasks.timeout(0, print) end,
  ["tasks.timeout: argument 2 must be a function, got nil"] = function() tasks.timeout(1) end,
  ["tasks.scope: argument 1 must be a function, got table"] = function() tasks.scope {} end,
  ["tasks.scope: got 2 arguments, takes 1"] = function() tasks.scope(print, 1) end,
  ["tasks.race: there is no function to run"] = function() tasks.race {} end,
  ["tasks.race: argument 2 must be a function, got number"] = function() tasks.race(print, 1) end,
  ["tasks.shield: argument 1 must be a function, got nil"] = function() tasks.shield() end,
  ["tasks.semaphore: argument 1 must be a whole number from 1, got 0"] = function() tasks.semaphore(0) end,
  ["tasks.semaphore: argument 1 must be a whole number from 1, got 1.5"] = function() tasks.semaphore(1.5) end,
  ["semaphore:with is called with a colon"] = function() tasks.semaphore(1).with(print) end,
  ["tasks.map: argument 2 must be a function, got nil"] = function() tasks.map {} end,
  ["tasks.map: argument 1 must be a list, a page or an iterator, got number"] = function() tasks.map(1, print) end,
  ["tasks.map: argument 1 must be a list, a page or an iterator, got a table without position 1"] = function()
    tasks.map({ name = 1 }, print)
  end,
  ["tasks.map: argument 3 must be a table of options, got number"] = function() tasks.map({}, print, 3) end,
  ["tasks.map: unknown option 'limit' (there is 'concurrency')"] = function() tasks.map({}, print, { limit = 1 }) end,
  ["tasks.map: concurrency must be a whole number from 1, got 0"] = function() tasks.map({}, print, { concurrency = 0 }) end,
  ["tasks.map: concurrency must be a whole number from 1, got x"] = function() tasks.map({}, print, { concurrency = "x" }) end,
}
for message, case in pairs(cases) do
  local ok, problem = pcall(case)
  assert(not ok and problem.kind == "argument" and problem.message == message, tostring(problem))
end
assert(not pcall(tasks.sleep, 0 / 0) and not pcall(tasks.map, {}, print, { concurrency = 0 / 0 }))
