-- Every user comes once, although one search gives only the first thousand.
local auth0 = require "auth0"
local seen, count = {}, 0
for user in auth0.all_users { fields = "email" } do
  assert(not seen[user.user_id], "twice: " .. user.user_id)
  seen[user.user_id], count = true, count + 1
end
assert(count == auth0.management.users.list({ per_page = 1 }).total, count)

local some = 0
for user in auth0.all_users { q = "email:a*", per_page = 7 } do
  assert(user.email:sub(1, 1) == "a")
  some = some + 1
end
assert(some == auth0.management.users.list({ q = "email:a*", per_page = 1 }).total, some)

local ok, problem = pcall(auth0.all_users, { sort = "email:1" })
assert(not ok and problem.kind == "argument" and problem.message:find "'sort' cannot be given", problem)
