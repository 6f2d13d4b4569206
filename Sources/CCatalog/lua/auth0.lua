-- The module `auth0`: groups of operations that look themselves up in the catalog when they are first used.
local name, host = ...
host.keep_page(host.page(name, host))

local function read_only(_, key)
  error(("the API tables cannot be changed ('%s')"):format(tostring(key)), 2)
end

local function group(tenant, api, prefix)
  local known = {}
  local function index(_, key)
    local found = known[key]
    if found == nil then
      found = host.resolve(tenant, api, prefix, key)
      if type(found) == "string" then found = group(tenant, api, found) end
      known[key] = found
    end
    return found
  end
  local where = prefix == "" and api or (api .. "." .. prefix)
  return setmetatable({}, { __index = index, __newindex = read_only, __name = where, __metatable = where })
end

local function client(api)
  return function(options) return group(host.client(api, options), api, "") end
end

local controller = {}
controller.__index = { abort = function(self) host.abort(self.signal._signal) end }

return {
  management = group(0, "management", ""),
  authentication = group(0, "authentication", ""),
  userinfo = group(0, "userinfo", ""),
  ManagementClient = client "management",
  AuthenticationClient = client "authentication",
  UserInfoClient = client "userinfo",
  pkce = host.pkce,
  AbortController = function()
    return setmetatable({ signal = { _signal = host.signal() } }, controller)
  end,
}
