-- Pages of users, asked for one by one until there are as many as the total says.
local management = require("auth0").management

local users, number = {}, 0
repeat
  local page = management.users.list { page = number, per_page = 50, q = "email:a*" }
  for _, user in ipairs(page.data) do table.insert(users, user) end
  number = number + 1
until #users == page.total or #page.data == 0
assert(#users > 50, #users)
