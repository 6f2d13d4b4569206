-- The calls of the items that tasks.map gives up are not sent when they have not been sent yet.
local management, tasks = require("auth0").management, require "tasks"
local client = management.clients.list().data[3]
local ok = pcall(tasks.map, { 1, 2 }, function(item)
  if item == 2 then error "no luck" end
  management.clients.update(client.client_id, { name = "Cancelled" })
end)
assert(not ok)
tasks.sleep(0.2)
assert(management.clients.get(client.client_id).name == client.name)
