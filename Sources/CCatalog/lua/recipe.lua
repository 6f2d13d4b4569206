-- The module `recipe`: a function that checks a recipe's description and gives it back marked, for the host to run.
local _, host = ...
local known = { name = "string", summary = "string", params = "table", scopes = "table", run = "function",
  undo = "string", permissions = "table" }
local param_known = { type = "string", required = "boolean", help = "string", default = "any", values = "table" }
local permission_known = { read = "table", write = "table", env = "table", net = "table", delete = "boolean" }
local types = { string = true, number = true, integer = true, boolean = true }

local function check(where, value, allowed)
  for key, field in pairs(value) do
    local wanted = allowed[key]
    if not wanted then
      error(("%s: unknown field '%s'%s"):format(where, tostring(key), host.nearest(tostring(key), allowed)), 4)
    end
    if wanted ~= "any" and type(field) ~= wanted then
      error(("%s: '%s' must be a %s, got %s"):format(where, key, wanted, type(field)), 4)
    end
  end
end

local function check_texts(where, list)
  for position, text in pairs(list) do
    if math.type(position) ~= "integer" or type(text) ~= "string" or text == "" then
      error(("%s must be a list of texts"):format(where), 4)
    end
  end
end

local function check_permissions(permissions)
  check("recipe: permissions", permissions, permission_known)
  for name, list in pairs(permissions) do
    if type(list) == "table" then check_texts(("recipe: permissions: '%s'"):format(name), list) end
  end
end

local function recipe(description)
  if type(description) ~= "table" then error("recipe: takes one table", 2) end
  check("recipe", description, known)
  for _, key in ipairs { "name", "summary", "run" } do
    if description[key] == nil then error(("recipe: '%s' is missing"):format(key), 2) end
  end
  for name, param in pairs(description.params or {}) do
    if type(name) ~= "string" or not name:match("^%l[%w_%-]*$") then
      error(("recipe: the parameter name '%s' must start with a small letter"):format(tostring(name)), 2)
    end
    if name == "help" then error("recipe: --help is taken, so no parameter can be named 'help'", 2) end
    if type(param) ~= "table" then error(("recipe: parameter '%s' must be a table"):format(name), 2) end
    check(("recipe: parameter '%s'"):format(name), param, param_known)
    if param.type and not types[param.type] then
      error(("recipe: parameter '%s': type is string, number, integer or boolean"):format(name), 2)
    end
  end
  if description.scopes then check_texts("recipe: 'scopes'", description.scopes) end
  if description.permissions then check_permissions(description.permissions) end
  return setmetatable(description, host.mark)
end

return recipe
