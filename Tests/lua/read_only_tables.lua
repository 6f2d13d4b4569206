-- luath: --allow-env=X
-- The API and the modules can be read and listed, and not changed in any way.
local auth0 = require "auth0"
local tables = { auth0, auth0.management, auth0.management.clients, auth0.authentication, auth0.userinfo,
  require "auth0.v4", require("auth0.v2").management, require "json", require "tasks", require "fs", (require "env") }

for _, fixed in ipairs(tables) do
  local name = getmetatable(fixed)
  assert(type(fixed) == "table" and type(name) == "string", tostring(fixed))
  for what, change in pairs {
    assign = function() fixed.new = 1 end,
    replace = function() fixed[next(fixed) or "list"] = print end,
    rawset = function() rawset(fixed, "get", print) end,
    insert = function() table.insert(fixed, 1) end,
    move = function() table.move({ 1, 2 }, 1, 2, 1, fixed) end,
    setmetatable = function() setmetatable(fixed, {}) end,
  } do
    local ok, problem = pcall(change)
    local says = what == "setmetatable" and "protected metatable" or "'" .. name .. "' cannot be changed"
    assert(not ok and problem:find(says, 1, true), name .. " " .. what .. ": " .. tostring(problem))
  end
end

local listed = {}
for key, value in pairs(require "json") do listed[key] = value end
assert(listed.encode == require("json").encode and listed.null == require("json").null, "pairs lists a module")
listed.encode = nil
local _, state = pairs(require "json")
assert(state == nil and require("json").encode, "pairs hands out a copy, not the module")
assert(select(2, require "fs") == nil or type(select(2, require "fs")) == "string", "the host's functions are hidden")
assert(rawset({}, "a", 1).a == 1 and not pcall(rawset, {}, nil, 1) and not pcall(rawset, {}), "rawset works as ever")
