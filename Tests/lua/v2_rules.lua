-- The idiom of many old scripts: find a rule by its name and update it, else create it.
local management = require("auth0.v2").management

local function put(name, data)
  for _, rule in ipairs(management.getRules()) do
    if rule.name == name then return management.updateRule({ id = rule.id }, data) end
  end
  data.name = name
  return management.createRule(data)
end

local made = put("Old rule", { script = "function (user, context, callback) { callback(null, user, context); }" })
local changed = put("Old rule", { enabled = false })
assert(changed.id == made.id and changed.enabled == false, "the same rule, now off")
management.updateRule({ id = made.id }, { name = "Renamed rule" }, function(err, rule)
  assert(err == nil and rule.name == "Renamed rule")
end)
assert(management.getRule({ id = made.id }).name == "Renamed rule")
