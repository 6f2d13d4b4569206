-- A task that requires a module while another one loads it waits for that one; cancelling it leaves the module alone.
local tasks = require "tasks"

local first = tasks.spawn(require, "modules.first_role")
local second = tasks.spawn(require, "modules.first_role")
local cancelled = tasks.spawn(require, "modules.first_role")
tasks.spawn(function() cancelled:cancel() end):await()

local role = first:await()
assert(role.id:find "^rol_", "the module gives what it fetched")
assert(second:await() == role, "both tasks have the same module")
assert(require "modules.first_role" == role, "and it is loaded now")
