-- Shows every account with an e-mail address: there may be several, one for each connection.
local recipe = require "recipe"
local management = require("auth0").management

local columns = { "user_id", "connection", "last_login", "blocked" }

local function row(user)
  local connections = {}
  for _, identity in ipairs(user.identities or {}) do table.insert(connections, identity.connection) end
  return {
    user_id = user.user_id, connection = table.concat(connections, ","), last_login = user.last_login or "never",
    blocked = user.blocked and "yes" or "no",
  }
end

local function print_table(rows)
  local heading, widths = {}, {}
  for _, column in ipairs(columns) do heading[column], widths[column] = column, #column end
  for _, cells in ipairs(rows) do
    for column, cell in pairs(cells) do widths[column] = math.max(widths[column], #cell) end
  end
  for _, cells in ipairs { heading, table.unpack(rows) } do
    local line = {}
    for _, column in ipairs(columns) do
      table.insert(line, cells[column] .. (" "):rep(widths[column] - #cells[column]))
    end
    print((table.concat(line, "  "):gsub("%s+$", "")))
  end
end

return recipe {
  name = "users-by-email",
  summary = "Show every account with an e-mail address",
  scopes = { "read:users" },
  params = { email = { type = "string", required = true, help = "the address to look for" } },
  run = function(params)
    -- The search tells capitals apart. Database connections store lower case; others may keep what they were given.
    local spellings, rows, seen = { params.email }, {}, {}
    local lower = params.email:lower()
    if lower ~= params.email then
      table.insert(spellings, lower)
      print(("note: database users have lower-case addresses, so %s was looked for too"):format(lower))
    end
    for _, email in ipairs(spellings) do
      for _, user in ipairs(management.users.list_users_by_email { email = email }) do
        if not seen[user.user_id] then table.insert(rows, row(user)) end
        seen[user.user_id] = true
      end
    end
    if #rows == 0 then return print(("no account has the address %s"):format(params.email)) end
    print_table(rows)
    if #rows > 1 then print(("warning: %d accounts share this address; change them by user_id"):format(#rows)) end
  end,
}
