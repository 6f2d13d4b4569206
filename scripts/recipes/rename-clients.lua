-- Renames every application whose name matches a Lua pattern, and says what it did.
local recipe = require "recipe"
local management = require("auth0").management

return recipe {
  name = "rename-clients",
  summary = "Rename every application whose name matches a pattern",
  scopes = { "read:clients", "update:clients" },
  params = {
    match = { type = "string", required = true, help = "Lua pattern that the name must match, such as '^test-'" },
    replace = { type = "string", required = true, help = "what the match becomes; %1 is the first capture" },
  },
  run = function(params)
    local renamed, unchanged = 0, 0
    local clients = management.clients.list { fields = "client_id,name,global", include_fields = true }
    for client in clients do
      local name = client.name:gsub(params.match, params.replace)
      if client.global or name == client.name then
        unchanged = unchanged + 1
      elseif name == "" then
        error(("'%s' would lose its whole name; nothing more was renamed"):format(client.name), 0)
      else
        management.clients.update(client.client_id, { name = name })
        print(("%s -> %s"):format(client.name, name))
        renamed = renamed + 1
      end
    end
    print(("%d renamed, %d unchanged"):format(renamed, unchanged))
  end,
}
