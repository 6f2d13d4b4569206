-- Each loop over a page starts at its first item, also inside another loop over the same page.
local management = require("auth0").management

local roles = management.roles.list { per_page = 5 }
local outer, inner = 0, 0
for role in roles do
  outer = outer + 1
  local first
  for other in roles do
    first = first or other
    inner = inner + 1
    if other.id == role.id then assert(other.name == role.name) end
  end
  assert(first == roles.data[1], "the inner loop starts at the first item")
end
assert(outer == roles.total and inner == outer * outer, ("%d outer, %d inner"):format(outer, inner))
