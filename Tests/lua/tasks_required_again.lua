-- A script that has the module loaded again gets the same one, so that tasks of both are known.
local tasks = require "tasks"
local task = tasks.spawn(function() tasks.sleep(0.01) return 1 end)
package.loaded.tasks = nil
assert(require("tasks").spawn == tasks.spawn)
assert(task:await() == 1)
