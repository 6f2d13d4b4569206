---@meta recipe
-- The module `recipe`: a function that declares one.

---@class (exact) recipe.Parameter
---@field type? "string"|"number"|"integer"|"boolean" Default `string`.
---@field required? boolean
---@field default? any
---@field values? string[] The allowed texts.
---@field help? string

---@class (exact) recipe.Permissions
---@field read? string[] For `--allow-read`, and so on.
---@field write? string[]
---@field env? string[]
---@field net? string[]
---@field delete? boolean

---A script gives it back: its parameters become options with help.
---@class (exact) recipe.Description
---@field name string
---@field summary string
---@field params? table<string, recipe.Parameter> `client_id` is given as `--client-id`.
---@field scopes? string[] What the application must be allowed. The recipe can call nothing that they do not cover.
---@field run fun(params: table<string, any>)
---@field undo? string
---@field permissions? recipe.Permissions What it needs to be allowed; shown by `--help`.

---@param description recipe.Description
---@return recipe.Description description
local function recipe(description) end

return recipe
