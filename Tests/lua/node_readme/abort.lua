-- Calls are aborted after a delay.
local auth0, tasks = require "auth0", require "tasks"
local controller = auth0.AbortController()
local options = { abort_signal = controller.signal, timeout = 30 }

tasks.spawn(function()
  tasks.sleep(0.05)
  controller:abort()
end)
local ok, problem = pcall(function()
  while true do auth0.management.users.list({ per_page = 100 }, options) end
end)
assert(not ok and problem.kind == "cancelled" and problem.name == "CancelledError", tostring(problem))

local ok, problem = pcall(auth0.management.actions.list, {}, options)
assert(not ok and problem.kind == "cancelled", "a signal stays aborted")
