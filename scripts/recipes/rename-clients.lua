-- Renames every application whose name matches a Lua pattern, and says what it did.
local recipe = require "recipe"
local management = require("auth0").management

-- In Lua's patterns a hyphen asks for the shortest run of what stands before it, so '^test-' would also match "tesla".
-- Names are full of hyphens: outside a set such as [a-z], one means itself here.
local function with_plain_hyphens(pattern)
  local in_set = false
  return (pattern:gsub("%%?.", function(item)
    if item == "[" then in_set = true elseif item == "]" then in_set = false end
    if item == "-" and not in_set then return "%-" end
  end))
end

-- All pages are read before the first write, so a rename cannot move an application to a page that was read already,
-- and a bad replacement stops the run while nothing has changed.
local function renames(params)
  local pattern, found, unchanged = with_plain_hyphens(params.match), {}, 0
  if (""):find(pattern) and not params.match:find "^%^" and not params.match:find "%$$" then
    error(("the pattern '%s' matches the empty text, so it would change every name in many places"):format(params.match), 0)
  end
  for client in management.clients.list { fields = "client_id,name,global", include_fields = true } do
    local name = client.name:gsub(pattern, params.replace)
    if client.global or name == client.name then
      unchanged = unchanged + 1
    elseif name:match "^%s*$" then
      error(("'%s' would be left without a name; nothing was renamed"):format(client.name), 0)
    else
      table.insert(found, { client_id = client.client_id, old = client.name, new = name })
    end
  end
  return found, unchanged
end

return recipe {
  name = "rename-clients",
  summary = "Rename every application whose name matches a pattern",
  scopes = { "read:clients", "update:clients" },
  params = {
    match = { type = "string", required = true, help = "Lua pattern, such as '^test-'; a hyphen means itself" },
    replace = { type = "string", required = true, help = "what the match becomes; %1 is the first capture" },
  },
  run = function(params)
    local found, unchanged = renames(params)
    for _, rename in ipairs(found) do
      management.clients.update(rename.client_id, { name = rename.new })
      print(("%s -> %s"):format(rename.old, rename.new))
    end
    print(("%d renamed, %d unchanged"):format(#found, unchanged))
  end,
}
