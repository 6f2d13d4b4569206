-- A wrong name fails where it is written, and the message has the right one.
local management = require("auth0").management

local ok, problem = pcall(function() return management.clients.updat end)
assert(not ok, "a wrong name is not nil")
assert(tostring(problem):find("no operation 'clients.updat'", 1, true), tostring(problem))
assert(tostring(problem):find("did you mean 'clients.update'", 1, true), tostring(problem))
