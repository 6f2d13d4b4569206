-- The modules `auth0.v4` and `auth0.v2`: names, arguments and results of two older generations of Auth0's Node SDK.
-- Arguments in their old forms become path values, query and body here; what is sent, and how, is Swift's business.
local module, host = ...
local generation = module:match "v%d$"
local has_callbacks = generation == "v2"
local null = require("json").null
local phrases = { [200] = "OK", [201] = "Created", [202] = "Accepted", [204] = "No Content" }

local function refuse(entry, message, hint)
  host.refuse(entry.today or entry.name:match "[^/]+$", message, hint or ("call " .. entry.signature))
end

local function is_left_out(value) return value == nil or value == null end

local function copy(value)
  local same = {}
  for key, item in pairs(value) do same[key] = item end
  return same
end

local function checked_table(entry, name, value)
  if is_left_out(value) then return {} end
  if type(value) ~= "table" then refuse(entry, ("%s must be a table, got a %s"):format(name, type(value))) end
  return copy(value)
end

--- An option's name as it is written today: `idTokenValidateOptions` is `id_token_validate_options`.
local function todays(key) return type(key) == "string" and key:gsub("([%l%d])(%u)", "%1_%2"):lower() or key end

local function todays_keys(options)
  local same = {}
  for key, value in pairs(options) do same[todays(key)] = value end
  return same
end

--- How generation 4 took the settings of one call: as they are, or in `initOverrides`.
local function overrides(entry, value)
  local options = todays_keys(checked_table(entry, "the last argument", value))
  local inner = options.init_overrides
  options.init_overrides = nil
  for key, item in pairs(todays_keys(checked_table(entry, "'initOverrides'", inner))) do options[key] = item end
  local rules = options.id_token_validate_options
  if type(rules) == "table" then options.id_token_validate_options = todays_keys(rules) end
  return options
end

--- The one setting of a call that generation 2 had.
local function forwarded(entry, value)
  local options = checked_table(entry, "options", value)
  for key in pairs(options) do
    if key ~= "forwardedFor" then refuse(entry, ("unknown option '%s'"):format(tostring(key)), "the option is forwardedFor") end
  end
  return { headers = { ["auth0-forwarded-for"] = options.forwardedFor } }
end

--- The body's fields under the names that they have today.
local function renamed(data, renames)
  local old = {}
  for key in pairs(renames or {}) do table.insert(old, key) end
  table.sort(old)
  for _, key in ipairs(old) do
    if data[renames[key]] == nil then data[renames[key]] = data[key] end
    data[key] = nil
  end
end

--- What the arguments mean: params, body, options.
local function read(entry, given)
  local params, body, options, position = {}, nil, nil, 0
  local function following()
    position = position + 1
    return given[position]
  end
  local text
  if entry.text then
    text = following()
    if type(text) ~= "string" then refuse(entry, ("'%s' must be a text, got %s"):format(entry.text, type(text))) end
  end
  for _, argument in ipairs(entry.arguments or {}) do
    local value, kind = following(), argument:gsub("%?$", "")
    if kind == "params" then
      params = checked_table(entry, "params", value)
    elseif kind == "data" then
      if is_left_out(value) and not argument:find "%?$" then refuse(entry, "the data is missing") end
      if not is_left_out(value) then body = value end
    else
      options = (kind == "options" and forwarded or overrides)(entry, value)
    end
  end
  for extra = position + 1, given.n do
    if given[extra] ~= nil then refuse(entry, ("too many arguments (%d)"):format(given.n)) end
  end
  if text then params[entry.text] = text end
  if entry.bodyKey then
    body, params[entry.bodyKey] = params[entry.bodyKey], nil
    if is_left_out(body) then refuse(entry, ("'%s' is missing"):format(entry.bodyKey)) end
  end
  for _, key in ipairs(entry.bodyKeys or {}) do
    if params[key] ~= nil then
      body = body or {}
      body[key], params[key] = params[key], nil
    end
  end
  if entry.wrap then body = { [entry.wrap] = body } end
  return params, body, options
end

--- The function for these arguments, and the body's renames.
local function choose(entry, values)
  for position, case in ipairs(entry.when or {}) do
    local fits = true
    for key, value in pairs(case.values) do fits = fits and values[key] == value end
    if fits then
      for key in pairs(case.values) do values[key] = nil end
      return entry["send" .. position], case.renames
    end
  end
  if entry.send then return entry.send, entry.renames end
  local known = {}
  for _, case in ipairs(entry.when) do
    local parts = {}
    for key, value in pairs(case.values) do table.insert(parts, ("%s = %q"):format(key, value)) end
    table.sort(parts)
    table.insert(known, table.concat(parts, ", "))
  end
  refuse(entry, "no operation for these arguments", "there is one for " .. table.concat(known, "; "))
end

--- Takes out of `params` what the path needs.
local function path_values(entry, params)
  local values = {}
  for position, key in ipairs(entry.parameters or {}) do
    local value = params[key]
    params[key] = nil
    for alias, meant in pairs(entry.aliases or {}) do
      if meant == key then
        if value == nil then value = params[alias] end
        params[alias] = nil
      end
    end
    if is_left_out(value) then refuse(entry, ("'%s' is missing"):format(key)) end
    values[position] = value
  end
  return values
end

local function send(entry, given)
  local params, body, options = read(entry, given)
  if entry.call == "raw" then
    local function_of_case = choose(entry, params)
    return function_of_case(path_values(entry, params), params, body, options)
  end
  if entry.text then return entry.send(params[entry.text], options) end
  if type(body) ~= "table" then refuse(entry, ("the data must be a table, got a %s"):format(type(body))) end
  body = copy(body)
  local function_of_case, renames = choose(entry, body)
  renamed(body, renames)
  for key, value in pairs(entry.defaults or {}) do if body[key] == nil then body[key] = value end end
  for key, value in pairs(entry.sets or {}) do body[key] = value end
  return function_of_case(body, options)
end

local function result_of(client, data, response)
  if generation == "v4" then
    local phrase = phrases[response.status] or ""
    return { data = data, status = response.status, status_text = phrase, statusText = phrase, headers = response.headers }
  end
  if data == nil then data = {} end
  return client.gives_headers and { data = data, headers = response.headers } or data
end

--- An error of ours with the fields that errors had then.
local function dated(entry, problem)
  if type(problem) ~= "table" or problem.kind == nil then return problem end
  local body, response = problem.body, problem.raw_response
  if type(body) ~= "table" then body = {} end
  problem.statusCode, problem.errorCode = problem.status_code, problem.code
  problem.error, problem.error_description, problem.msg = body.error, body.error_description, body.message
  if response then
    problem.headers = response.headers
    problem.requestInfo = { method = entry.verb, url = response.url }
  end
  return problem
end

local function method(owner, client, entry)
  return function(...)
    local given = table.pack(...)
    -- In JavaScript the object stands before the dot; who writes a colon here means the same.
    if rawequal(given[1], owner) or rawequal(given[1], client.root) then given = table.pack(select(2, ...)) end
    if entry.instead then
      host.refuse(entry.name:match "[^/]+$", "the name has no equivalent today", entry.instead)
    end
    local callback = has_callbacks and type(given[given.n]) == "function" and given[given.n] or nil
    if callback then given[given.n], given.n = nil, given.n - 1 end
    local ok, data, response = pcall(send, entry, given)
    if not ok then
      local problem = dated(entry, data)
      -- A script's own slip and the end of a task are not the callback's to handle.
      if not callback or type(problem) ~= "table" or problem.kind == "cancelled" then error(problem, 0) end
      callback(problem)
    elseif callback then
      callback(nil, result_of(client, data, response))
    else
      return result_of(client, data, response)
    end
  end
end

local function group(client, api, prefix)
  local known = {}
  local function index(self, key)
    local found = known[key]
    if found == nil then
      found = host.legacy(generation, api, prefix, key, client.tenant, client.userinfo)
      found = type(found) == "string" and group(client, api, found) or method(self, client, found)
      known[key] = found
    end
    return found
  end
  local self = host.read_only(prefix == "" and api or (api .. "." .. prefix), index)
  client.root = client.root or self
  return self
end

-- Options of their time that change nothing here: Luath says itself who it is, a token carries every scope that was
-- granted, and it is kept until it expires.
local harmless = { telemetry = true, clientInfo = true, scope = true, tokenProvider = true }

--- Options under today's names.
local function settings(name, options)
  if type(options) ~= "table" then host.refuse(nil, ("%s takes a table of options, got %s"):format(name, type(options))) end
  local given = {}
  for key, value in pairs(options) do
    if key == "timeoutDuration" then
      given.timeout = type(value) == "number" and value / 1000 or value
    elseif key == "retry" then
      if type(value) ~= "table" then host.refuse(nil, name .. ": 'retry' must be a table { enabled, maxRetries }") end
      for part in pairs(value) do
        if part ~= "enabled" and part ~= "maxRetries" then
          host.refuse(nil, ("%s: unknown option 'retry.%s'"):format(name, tostring(part)), "there are enabled and maxRetries")
        end
      end
      given.max_retries = value.enabled == false and 0 or value.maxRetries
    elseif key == "fetcher" then
      host.refuse(nil, name .. ': a client of ' .. module .. ' takes no fetcher', 'require "auth0" has clients that do')
    elseif not harmless[key] then
      given[todays(key)] = value
    end
  end
  return given
end

local shared = { "domain", "headers", "timeout", "max_retries", "custom_domain" }

local function constructor(api, name)
  return function(options)
    local given, client = settings(name, options), {}
    if has_callbacks then
      client.gives_headers = given.include_response_headers == true
      given.include_response_headers = nil
    end
    client.tenant = host.client(api, given)
    if has_callbacks and api == "authentication" then
      -- Generation 2 asked for profiles with this client.
      local common = {}
      for _, key in ipairs(shared) do common[key] = given[key] end
      client.userinfo = host.client("userinfo", common)
    end
    return group(client, api, "")
  end
end

local exports = {
  management = group({ tenant = 0 }, "management", ""),
  authentication = group({ tenant = 0 }, "authentication", ""),
  ManagementClient = constructor("management", "ManagementClient"),
  AuthenticationClient = constructor("authentication", "AuthenticationClient"),
}
if generation == "v4" then
  exports.userinfo = group({ tenant = 0 }, "userinfo", "")
  exports.UserInfoClient = constructor("userinfo", "UserInfoClient")
end
return exports
