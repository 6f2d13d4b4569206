---@meta recipe
-- The module `recipe`: a function that declares one.

---@class (exact) recipe.Parameter
---@field type? "string"|"number"|"integer"|"boolean" Default `string`.
---@field required? boolean
---@field default? any
---@field values? string[] The allowed texts.
---@field help? string

---A script gives it back: its parameters become options with help.
---@class (exact) recipe.Description
---@field name string
---@field summary string
---@field params? table<string, recipe.Parameter> `client_id` is given as `--client-id`.
---@field scopes? string[] What the application must be allowed.
---@field run fun(params: table<string, any>)
---@field undo? string
---@field permissions? table

---@param description recipe.Description
---@return recipe.Description description
local function recipe(description) end

return recipe
