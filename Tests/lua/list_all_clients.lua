-- A loop over a list walks through all its pages and meets every application once.
local management = require("auth0").management

local page = management.clients.list { per_page = 5 }
local seen, count = {}, 0
for client in page do
  assert(not seen[client.client_id], "met twice: " .. client.name)
  seen[client.client_id] = true
  count = count + 1
end
assert(#page.data == 5, "the first page is still the first page")
assert(count == page.total, ("counted %d, the tenant says %s"):format(count, page.total))
assert(count >= 40, "a demo tenant has at least 40 applications")
