-- A module beside the script may make calls while it loads, and loads once.
local role = require "modules.first_role"

assert(role.id:find "^rol_", "the module gives what it fetched")
assert(require "modules.first_role" == role, "the second require gives the same value")

local ok, problem = pcall(require, "modules.not_there")
assert(not ok and tostring(problem):find("modules.not_there", 1, true), "a missing module is named")
