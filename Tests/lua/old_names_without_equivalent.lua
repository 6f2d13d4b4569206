-- A name that Auth0 has dropped says what to use; so does one of another generation.
local v2, v4 = require "auth0.v2", require "auth0.v4"

for call, advice in pairs {
  [v2.management.deleteAllUsers] = "management.users.delete",
  [v2.management.getAccessToken] = "client_credentials_grant",
  [v2.authentication.oauth.signIn] = "password_grant",
  [v4.management.blacklists.getAll] = "management.sessions.revoke",
} do
  local ok, problem = pcall(call, function() error "not called" end)
  assert(not ok and problem.kind == "argument" and problem.hint:find(advice, 1, true), tostring(problem))
end

local ok, problem = pcall(function() return v4.management.getUsers end)
assert(not ok and tostring(problem):find('require "auth0.v2"', 1, true), tostring(problem))
