-- A spawned task runs beside its caller; await gives its results or raises its error.
local tasks = require "tasks"
local management = require("auth0").management

local order = {}
local task = tasks.spawn(function(size)
  local page = management.roles.list { per_page = size }
  table.insert(order, "task")
  return #page.data, page.total
end, 2)
table.insert(order, "caller")

local length, total = task:await()
assert(length == 2 and total >= 2, "all results come through")
assert(table.concat(order, " ") == "caller task", table.concat(order, " "))
assert(task:await() == 2, "awaiting again gives them again")

local failing = tasks.spawn(management.users.get, "auth0|none")
local ok, problem = pcall(failing.await, failing)
assert(not ok and problem.name == "NotFoundError", tostring(problem))
