-- Nothing can be started in a scope that has ended.
local tasks = require "tasks"
local kept = tasks.scope(function(scope) return scope end)
local ok, problem = pcall(kept.spawn, kept, print)
assert(not ok and problem.message == "scope:spawn: the scope has ended", tostring(problem))
