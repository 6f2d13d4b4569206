-- The module `tasks`, built on the host's `start`, `hold`, `wake` and `cancel`. When all tasks have ended the host calls
-- what `keep_unhandled` keeps, so that a failure that nobody awaited is not lost.
local _, host = ...
local tasks, Task = {}, {}
local pcall = host.pcall -- catches a cancellation too
Task.__index, Task.__name = Task, "task"

local unawaited = {}

local function check_function(where, position, value)
  if type(value) ~= "function" then
    error(("%s: argument %d must be a function, got %s"):format(where, position, type(value)), 3)
  end
end

local function spawn(fn, ...)
  local task = setmetatable({ done = false, waiters = {} }, Task)
  local function finish(ok, ...)
    task.done, task.ok, task.results = true, ok, table.pack(...)
    if not ok then unawaited[task] = true end
    for _, waiter in ipairs(task.waiters) do host.wake(waiter) end
  end
  task.number = host.start(function(...) finish(pcall(fn, ...)) end, ...)
  return task
end

--- Starts `fn(...)` beside the caller and gives a task.
function tasks.spawn(fn, ...)
  check_function("tasks.spawn", 1, fn)
  return spawn(fn, ...)
end

--- Waits for the task and gives its results; raises its error.
function Task:await()
  if self.number == host.current() then error("a task cannot await itself", 2) end
  while not self.done do
    table.insert(self.waiters, host.current())
    host.hold()
  end
  unawaited[self] = nil
  if not self.ok then error(self.results[1], 0) end
  return table.unpack(self.results, 1, self.results.n)
end

--- Ends the task's current wait, and every later one, with a CancelledError.
function Task:cancel()
  if self.done then return end
  host.cancel(self.number)
  self.cancelled = true
end

tasks.sleep = host.sleep

--- A function that gives the next item of a list, a page or an iterator.
local function iterator(where, items)
  if type(items) == "function" then return items end
  local meta = getmetatable(items)
  if type(meta) == "table" and meta.__call then
    local control
    return function()
      control = items(nil, control)
      return control
    end
  end
  if type(items) ~= "table" then
    error(("%s: argument 1 must be a list, a page or an iterator, got %s"):format(where, type(items)), 3)
  end
  local position = 0
  return function()
    position = position + 1
    return items[position]
  end
end

--- Calls `fn(item)` for every item, at most `options.concurrency` (default 8) at once, and gives the first
--- results in the order of the items. The first failure cancels the rest and is raised.
function tasks.map(items, fn, options)
  check_function("tasks.map", 2, fn)
  local concurrency = 8
  if options ~= nil and type(options) ~= "table" then
    error("tasks.map: argument 3 must be a table of options, got " .. type(options), 2)
  end
  for key, value in pairs(options or {}) do
    if key ~= "concurrency" then error(("tasks.map: unknown option '%s' (there is 'concurrency')"):format(key), 2) end
    value = math.tointeger(value)
    if not value or value < 1 then
      error("tasks.map: concurrency must be a whole number from 1", 2)
    end
    concurrency = value
  end
  host.check_items(items)
  local next_item = iterator("tasks.map", items)
  local results, running, count, failure = {}, {}, 0, nil
  local me = host.current()
  local active, waiting = 0, false

  local function run(position, item)
    local ok, result = pcall(fn, item)
    active = active - 1
    running[position] = nil
    if ok then results[position] = result elseif not failure then failure = { result } end
    if waiting then waiting = false host.wake(me) end
  end

  local function wait()
    waiting = true
    local ok, problem = pcall(host.hold)
    waiting = false
    if not ok and not failure then failure = { problem } end
  end

  while not failure do
    while active >= concurrency and not failure do wait() end
    if failure then break end
    local ok, item = pcall(next_item)
    if not ok then failure = { item } break end
    if item == nil then break end
    count, active = count + 1, active + 1
    running[count] = host.start(run, count, item)
  end
  while active > 0 and not failure do wait() end
  if failure then
    for _, number in pairs(running) do host.cancel(number) end
  end
  while active > 0 do
    waiting = true
    host.join()
  end
  if failure then error(failure[1], 0) end
  return results
end

host.keep_unhandled(function()
  for task in pairs(unawaited) do
    local problem = task.results[1]
    local is_own = task.cancelled and type(problem) == "table" and problem.kind == "cancelled"
    if not is_own then error(problem, 0) end
  end
end)

return tasks
