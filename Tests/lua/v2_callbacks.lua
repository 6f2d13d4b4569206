-- A script of the SDK's generation 2 keeps its flat names and its callbacks; `getUsers` is one page, a bare list.
local auth0 = require "auth0.v2"
local management = auth0.management

local calls = 0
local given = management.getUsers({ per_page = 3 }, function(err, users)
  calls = calls + 1
  assert(err == nil, tostring(err))
  assert(#users == 3 and users[1].user_id, "a bare list of users")
  management.getUser({ id = users[1].user_id }, function(problem, user)
    calls = calls + 1
    assert(problem == nil and user.email == users[1].email)
  end)
end)
assert(given == nil and calls == 2, "with a callback nothing is returned")
assert(#management.getUsers() > 3, "no arguments at all ask for the first page")

local page = management.getUsers { per_page = 3, include_totals = true }
assert(page.total > 1000 and #page.users == 3, "totals change the shape, as they did")

management.getUser({ id = "auth0|nobody" }, function(err, user)
  assert(user == nil and err.statusCode == 404 and err.requestInfo.method == "GET", tostring(err))
end)
