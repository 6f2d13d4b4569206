-- The traceback of an error says where the task was started in which it came up.
local tasks = require "tasks"
local management = require("auth0").management
local task = tasks.spawn(management.users.get, "auth0|none") -- line 4
local ok, problem = pcall(task.await, task)
assert(not ok and problem.traceback:find("spawned at Tests/lua/tasks_spawn_site.lua:4", 1, true), problem.traceback)

ok, problem = pcall(tasks.map, { "auth0|none" }, management.users.get) -- line 8
assert(not ok and problem.traceback:find("spawned at Tests/lua/tasks_spawn_site.lua:8", 1, true), problem.traceback)

local text = tasks.spawn(function() error("a text stays a text", 0) end)
ok, problem = pcall(text.await, text)
assert(problem == "a text stays a text")
