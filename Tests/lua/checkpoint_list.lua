-- A list with a cursor looks the same as one with page numbers.
local management = require("auth0").management

local seen, count = {}, 0
for organization in management.organizations.list { take = 4 } do
  assert(not seen[organization.id], "met twice: " .. organization.name)
  seen[organization.id] = true
  count = count + 1
end
local whole = management.organizations.list { take = 100 }
assert(count == #whole.data and not whole:has_next_page(), "organizations: " .. count)
