-- A name that took a text first: the users of an e-mail address, with and without options.
local management = require("auth0.v2").management

local email = management.getUsers({ per_page = 1 })[1].email
local found = management.getUsersByEmail(email)
assert(#found >= 1 and found[1].email == email, "users with that address")
management.getUsersByEmail(email, { fields = "email" }, function(err, users)
  assert(err == nil and users[1].email == email and users[1].name == nil, "only the field that was asked for")
end)
assert(#management.getUsersByEmail "nobody@nowhere.example.com" == 0)
