---@meta log
-- The module `log`: what a script has to say besides its results; `luath run` writes it to standard error.

---@class log
local log = {}

---@param text string
---@param fields? table<string, any> What belongs to the text: `{ client_id = id }`.
function log.debug(text, fields) end

---Shown by `luath run` unless `--log-level` says less.
---@param text string
---@param fields? table<string, any>
function log.info(text, fields) end

---@param text string
---@param fields? table<string, any>
function log.warn(text, fields) end

---@param text string
---@param fields? table<string, any>
function log.error(text, fields) end

return log
