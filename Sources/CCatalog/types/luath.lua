---@meta _
-- The globals that are Luath's own. `luath init` switches off the editor's `io`, `os` and `debug`.
---@diagnostic disable: lowercase-global

---The script's arguments; its name is at 0.
---@type string[]
arg = {}

---@class luath.os
os = {}

---@class luath.Date
---@field year integer|string
---@field month integer|string
---@field day integer|string
---@field hour? integer|string
---@field min? integer|string
---@field sec? integer|string
---@field wday? integer
---@field yday? integer
---@field isdst? boolean

---@param date? luath.Date
---@return integer seconds Since 1970.
function os.time(date) end

---@return number seconds Of processor time.
function os.clock() end

---@param format? string
---@param time? integer
---@return string|luath.Date
function os.date(format, time) end

---@param later integer
---@param earlier integer
---@return number seconds
function os.difftime(later, earlier) end

---Ends the run in order: open values are closed, output is written.
---@param status? integer|boolean Default 0.
function os.exit(status) end

---@param name string One that `--allow-env` names.
---@return string? value
function os.getenv(name) end

---@class luath.debug
debug = {}

---@param message? any
---@param level? integer
---@return string
---@overload fun(thread: thread, message?: any, level?: integer): string
function debug.traceback(message, level) end
