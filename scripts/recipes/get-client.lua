-- Saves one application as a JSON file, to be edited and sent back with update-client.
local fs = require "fs"
local json = require "json"
local recipe = require "recipe"
local management = require("auth0").management

-- Credentials that an answer may hold when the token has read:client_keys, at the top and among the add-ons.
local secret = {
  client_secret = true, signing_keys = true, encryption_key = true, masterkey = true, privateKey = true,
  private_key = true, sasKey = true, secret = true, servicePassword = true, storageAccessKey = true,
}

local function remove_secrets(settings)
  for key, value in pairs(settings) do
    if secret[key] then
      settings[key] = nil
    elseif type(value) == "table" and key ~= "client_metadata" then
      remove_secrets(value)
    end
  end
end

return recipe {
  name = "get-client",
  summary = "Save an application's settings, without its secrets, to a JSON file",
  scopes = { "read:clients" },
  permissions = { write = { "FILE" } },
  params = {
    client_id = { type = "string", required = true, help = "the application to save" },
    out = { type = "string", default = "client-data.json", help = "the file to write; needs --allow-write=FILE" },
  },
  run = function(params)
    -- An application that cannot be read raises an error here, so a file is only ever written with real settings.
    local client = management.clients.get(params.client_id)
    remove_secrets(client)
    fs.write(params.out, json.encode(client, { indent = 2 }) .. "\n")
    print(("saved '%s' (%s) to %s, without its secrets"):format(client.name, client.client_id, params.out))
  end,
}
