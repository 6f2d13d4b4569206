-- Sends the name and description of an edited file that get-client saved: only what differs from the application now.
local fs = require "fs"
local json = require "json"
local recipe = require "recipe"
local management = require("auth0").management

local editable = { "name", "description" }

local function refuse(file, why) error(("%s: %s; nothing was sent"):format(file, why), 0) end

--- The file's settings, once it is certain that they are those of the application `client_id` (nil: of whichever).
local function load_settings(file, client_id)
  local ok, settings = pcall(json.decode, fs.read(file))
  if not ok then refuse(file, tostring(settings)) end
  if type(settings) ~= "table" then refuse(file, "holds no application") end
  if settings.statusCode ~= nil then
    refuse(file, ("holds an error answer (status %s), not an application"):format(settings.statusCode))
  end
  if type(settings.client_id) ~= "string" then refuse(file, "has no client_id") end
  if client_id and settings.client_id ~= client_id then
    refuse(file, ("belongs to the application %s, not to %s"):format(settings.client_id, client_id))
  end
  for _, field in ipairs(editable) do
    local value = settings[field]
    if value ~= nil and type(value) ~= "string" then refuse(file, ("'%s' must be a string"):format(field)) end
  end
  return settings
end

return recipe {
  name = "update-client",
  summary = "Send the edited name and description of a file saved by get-client",
  scopes = { "read:clients", "update:clients" },
  permissions = { read = { "FILE" } },
  params = {
    file = { type = "string", default = "client-data.json", help = "the edited file; needs --allow-read=FILE" },
    client_id = { type = "string", help = "refuse the file unless it belongs to this application" },
  },
  run = function(params)
    local settings = load_settings(params.file, params.client_id)
    local client = management.clients.get(settings.client_id)
    local changes, changed = {}, {}
    for _, field in ipairs(editable) do
      local old, new = client[field], settings[field]
      if new ~= nil and new ~= old then
        changes[field] = new
        table.insert(changed, field)
        print(("%s: %s -> %s"):format(field, old == nil and "(none)" or json.encode(old), json.encode(new)))
      end
    end
    if #changed == 0 then return print(("%s: nothing to change, nothing sent"):format(client.client_id)) end
    management.clients.update(client.client_id, changes)
    print(("%s: updated %s"):format(client.client_id, table.concat(changed, " and ")))
  end,
}
