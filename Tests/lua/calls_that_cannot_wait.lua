-- Where Lua cannot suspend, a call is refused with the reason instead of failing strangely.
local management = require("auth0").management

local ok, problem = pcall(table.sort, { 3, 1, 2 }, function(a, b) return management.roles.list({}).total > a - b end)
assert(not ok and tostring(problem):find("sort", 1, true), tostring(problem))

local ok, problem = pcall(string.gsub, "x", "x", function() return management.roles.list({}).total end)
assert(not ok and tostring(problem):find("gsub", 1, true), tostring(problem))
