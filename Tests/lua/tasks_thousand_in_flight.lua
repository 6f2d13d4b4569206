-- A thousand tasks may each have a call in flight.
local tasks = require "tasks"
local management = require("auth0").management

local id = management.roles.list({ per_page = 1 }).data[1].id
local running = {}
for number = 1, 1000 do running[number] = tasks.spawn(management.roles.get, id) end
for _, task in ipairs(running) do assert(task:await().id == id) end
