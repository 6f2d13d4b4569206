---@meta env
-- The module `env`: environment variables that `--allow-env` names.

---@class env
local env = {}

---@param name string
---@return string? value Nil when the variable is unset.
function env.get(name) end

---A value that cannot be seen: it shows as `•••`, and its one use is in the body of a request.
---@class env.Secret

---@param name string A variable that is set and not empty.
---@return env.Secret
function env.secret(name) end

return env
