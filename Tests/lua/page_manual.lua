-- Pages can be turned by hand; a page stays what it was.
local management = require("auth0").management

local page = management.roles.list { per_page = 5 }
local first, pages, items = page, 1, #page.data
while page:has_next_page() do
  page = page:get_next_page()
  pages, items = pages + 1, items + #page.data
end
assert(items == first.total, ("%d items, %s in all"):format(items, first.total))
assert(pages == math.ceil(first.total / 5), pages .. " pages")
assert(page:get_next_page() == nil, "nothing follows the last page")
assert(first:get_next_page().data[1].id ~= first.data[1].id, "the first page still knows what follows it")
