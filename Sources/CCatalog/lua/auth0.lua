-- The module `auth0`: groups of operations that look themselves up in the catalog when they are first used.
local name, host = ...
host.keep("page", host.page(name, host))
host.keep("events", host.events(name, host))

local function read_only(_, key)
  error(("the API tables cannot be changed ('%s')"):format(tostring(key)), 2)
end

--- Sends a call through a script's fetcher.
function host.through(fetcher, call)
  local request = host.request(call)
  local answer = fetcher(request, function(changed) return host.fetch(call, changed or request) end)
  local result, response = host.finish(call, answer)
  if type(result) == "table" and rawget(result, "_list") then rawset(result, "_fetcher", fetcher) end
  return result, response
end

local function group(tenant, api, prefix, fetcher)
  local known = {}
  local function index(_, key)
    local found = known[key]
    if found == nil then
      found = host.resolve(tenant, api, prefix, key, fetcher ~= nil)
      if type(found) == "string" then
        found = group(tenant, api, found, fetcher)
      elseif fetcher then
        local prepare = found
        found = function(...) return host.through(fetcher, prepare(...)) end
      end
      known[key] = found
    end
    return found
  end
  local where = prefix == "" and api or (api .. "." .. prefix)
  return setmetatable({}, { __index = index, __newindex = read_only, __name = where, __metatable = where })
end

local function client(api)
  return function(options)
    local tenant, fetcher = host.client(api, options)
    return group(tenant, api, "", fetcher)
  end
end

local controller = {}
controller.__index = {
  abort = function(self)
    if getmetatable(self) ~= controller then error("call abort with a colon: controller:abort()", 2) end
    host.abort(self.signal._signal)
  end,
}

local management = group(0, "management", "")

return {
  management = management,
  authentication = group(0, "authentication", ""),
  userinfo = group(0, "userinfo", ""),
  ManagementClient = client "management",
  AuthenticationClient = client "authentication",
  UserInfoClient = client "userinfo",
  all_users = host.all_users(name, host, management),
  pkce = host.pkce,
  AbortController = function()
    return setmetatable({ signal = { _signal = host.signal() } }, controller)
  end,
}
