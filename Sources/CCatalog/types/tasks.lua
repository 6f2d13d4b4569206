---@meta tasks
-- The module `tasks`: many calls at the same time.

---@class tasks
local tasks = {}

---@class tasks.Task
---@field done boolean
local task = {}

---Waits for the task and gives its results; raises its error.
---@return any ...
function task:await() end

---Ends the task's current wait, and every later one, with a `CancelledError`.
function task:cancel() end

---Starts `fn(...)` beside the caller.
---@param fn fun(...: any): any
---@param ... any
---@return tasks.Task task
function tasks.spawn(fn, ...) end

---@param time number|string Seconds or a text such as `"5m"`.
function tasks.sleep(time) end

---@class (exact) tasks.MapOptions
---@field concurrency? integer How many at the same time, from 1. Default 8.

---Calls `fn(item, position)` for every item and gives the first results in the order of the items. The first failure
---cancels the rest and is raised.
---@generic Item, Result
---@param items Item[]|auth0.Page|fun(): Item? A list, a page (all its pages) or an iterator.
---@param fn fun(item: Item, position: integer): Result
---@param options? tasks.MapOptions
---@return Result[] results
function tasks.map(items, fn, options) end

return tasks
