-- An application is made, changed and read back; what the change did not name stays as it was.
local management = require("auth0").management

local created, response = management.clients.create {
  name = "Feature test", app_type = "spa", callbacks = { "https://feature.example.com/callback" },
}
assert(response.status == 201 and created.client_id, "created")

management.clients.update(created.client_id, { description = "made by a test" })
local client = management.clients.get(created.client_id)
assert(client.name == "Feature test" and client.description == "made by a test")
assert(client.callbacks[1] == "https://feature.example.com/callback")
