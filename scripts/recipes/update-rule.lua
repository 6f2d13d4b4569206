-- Changes a rule, found by its id or its name. Auth0's rules ended on 2026-11-18, so a refusal is explained.
local fs = require "fs"
local recipe = require "recipe"
local management = require("auth0").management

local answers_of_tenants_without_rules = { [403] = true, [404] = true, [410] = true }

--- Makes a call and, where the tenant no longer has rules, adds what to do about it to the error.
local function on_rules(call, ...)
  local results = table.pack(pcall(call, ...))
  if results[1] then return table.unpack(results, 2, results.n) end
  local problem = results[2]
  local is_about_rules = type(problem) == "table" and answers_of_tenants_without_rules[problem.status_code]
  if is_about_rules and problem.code ~= "insufficient_scope" then
    problem.hint = "Auth0 ended rules on 2026-11-18: they no longer run, and tenants refuse to change them. "
      .. "Move the code to an Action (management.actions.actions.create, then deploy and bind it to post-login). "
      .. "If this tenant still has rules, check the id"
  end
  error(problem, 0)
end

local function rules_named(name)
  local found = {}
  for rule in management.rules.list { fields = "id,name", include_fields = true } do
    if rule.name == name then table.insert(found, rule) end
  end
  return found
end

local function rule_id(params)
  if (params.id == nil) == (params.name == nil) then error("give either --id or --name", 0) end
  if params.id then return params.id end
  local found = on_rules(rules_named, params.name)
  if #found ~= 1 then error(("%d rules are called '%s'; nothing was sent"):format(#found, params.name), 0) end
  return found[1].id
end

return recipe {
  name = "update-rule",
  summary = "Switch, rename, reorder or rewrite a rule (Auth0 ended rules on 2026-11-18)",
  scopes = { "read:rules", "update:rules" },
  permissions = { read = { "FILE" } },
  params = {
    id = { type = "string", help = "the rule's id, such as rul_6yxQFKzRJ1wSxYhB" },
    name = { type = "string", help = "or its whole name" },
    enabled = { type = "boolean", help = "true or false" },
    new_name = { type = "string", help = "what it is called from now on" },
    order = { type = "integer", help = "its place among the rules; lower runs earlier" },
    script_file = { type = "string", help = "file with its new JavaScript; needs --allow-read=FILE" },
  },
  run = function(params)
    local changes = { enabled = params.enabled, name = params.new_name, order = params.order }
    if params.script_file then changes.script = fs.read(params.script_file) end
    if next(changes) == nil then error("nothing to change: give --enabled, --new-name, --order or --script-file", 0) end
    local rule = on_rules(management.rules.update, rule_id(params), changes)
    local state = rule.enabled and "enabled" or "disabled"
    print(("%s '%s': %s, order %s"):format(rule.id, rule.name, state, rule.order))
  end,
}
