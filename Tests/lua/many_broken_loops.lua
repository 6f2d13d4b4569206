-- Loops over a page that were left by break do not disturb the loop around them.
local management = require("auth0").management
local page, count = management.clients.list { per_page = 5 }, 0
for _ in page do
  count = count + 1
  for _ = 1, 3 do
    for _ in page do break end
  end
end
assert(count == page.total, count)
