-- A list is walked through with a loop, or page by page.
local management = require("auth0").management
for number = 1, 7 do
  management.actions.create { name = "action " .. number, supported_triggers = { { id = "post-login" } } }
end

local count = 0
for action in management.actions.list { per_page = 3 } do
  assert(action.id and action.name)
  count = count + 1
end
assert(count >= 7, count)

local page, items = management.actions.list { per_page = 3 }, 0
while page do
  items = items + #page.data
  page = page:has_next_page() and page:get_next_page()
end
assert(items == count, items)
