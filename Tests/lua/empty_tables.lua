-- An empty table is sent as an array where the API wants one.
local json = require "json"
local management = require("auth0").management

local created = management.clients.create {
  name = "Empty tables", callbacks = { "https://a.example.com" }, client_metadata = { team = "north" },
}
local client = management.clients.update(created.client_id, { callbacks = {} })
assert(json.encode(client.callbacks) == "[]", json.encode(client.callbacks))
assert(client.client_metadata.team == "north", "what was not named stays")
