-- The custom domain that links in e-mails use, for one call and for a client.
local auth0 = require "auth0"
local user = { connection = "Username-Password-Authentication", email = "domain@example.com", password = "Correct-Horse-9" }

assert(auth0.management.users.create(user, { custom_domain = "auth.example.com", timeout = 30 }).email == user.email)

local management = auth0.ManagementClient {
  domain = os.getenv "AUTH0_DOMAIN", client_id = os.getenv "AUTH0_CLIENT_ID",
  client_secret = os.getenv "AUTH0_CLIENT_SECRET", custom_domain = "auth.example.com",
}
user.email = "domain2@example.com"
assert(management.users.create(user).email == user.email)
