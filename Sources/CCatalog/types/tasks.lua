---@meta tasks
-- The module `tasks`: many calls at the same time, none of which outlives what started it.

---@class tasks
local tasks = {}

---@class tasks.Task
---@field done boolean Whether it is over.
local task = {}

---Waits for the task, and for those that it started, and gives its results; raises its error.
---@return any ...
function task:await() end

---Ends the wait of the task, and every later one, with a `CancelledError`; and of the tasks that it started.
function task:cancel() end

---Starts `fn(...)` beside the caller. The caller's own task is not over before it, and takes it along when it is
---cancelled or fails. A failure that nobody awaited is raised when the caller's task ends.
---@param fn fun(...: any): any
---@param ... any
---@return tasks.Task task
function tasks.spawn(fn, ...) end

---@param time number|string Seconds from 0, or a text such as `"5m"`.
function tasks.sleep(time) end

---@class tasks.Scope
local scope = {}

---Starts `fn(...)` in the scope. Its failure cancels the rest of the scope.
---@param fn fun(...: any): any
---@param ... any
---@return tasks.Task task
function scope:spawn(fn, ...) end

---Runs `fn(scope)`, waits for it and for all tasks that it started, and gives its results. The first failure cancels the
---rest and is raised.
---@param fn fun(scope: tasks.Scope): any
---@return any ...
function tasks.scope(fn) end

---@class (exact) tasks.MapOptions
---@field concurrency? integer How many at the same time, from 1. Default 8.

---Calls `fn(item)` for every item and gives the first results in the order of the items; where `fn` gives nil, so does the
---list, and `#results` does not count on. The first failure ends the reading of items, cancels the rest and is raised.
---@generic Item, Result
---@param items Item[]|auth0.Page|fun(): Item? A list, a page (all its pages) or an iterator.
---@param fn fun(item: Item): Result
---@param options? tasks.MapOptions
---@return Result[] results
function tasks.map(items, fn, options) end

---Runs functions beside each other. The first that ends, with results or an error, decides; the others are cancelled and
---waited for.
---@param ... (fun(): any)|(fun(): any)[] Functions, or one list of them.
---@return any ...
function tasks.race(...) end

---Gives what `fn(...)` gives, or raises a `TimeoutError` when it takes longer than `time`; it is cancelled then, with all
---that it started.
---@param time number|string Seconds above 0, or a text such as `"5m"`.
---@param fn fun(...: any): any
---@param ... any
---@return any ...
function tasks.timeout(time, fn, ...) end

---Gives what `fn(...)` gives, and lets it wait although the caller was cancelled: for clean-up. In a run that
---is ended it has a second and a half.
---@param fn fun(...: any): any
---@param ... any
---@return any ...
function tasks.shield(fn, ...) end

---@class tasks.Semaphore
local semaphore = {}

---Gives what `fn(...)` gives, run while a permit is held. Who waits longest gets the next one.
---@param fn fun(...: any): any
---@param ... any
---@return any ...
function semaphore:with(fn, ...) end

---@param permits integer How many may be held at the same time, from 1.
---@return tasks.Semaphore semaphore
function tasks.semaphore(permits) end

return tasks
