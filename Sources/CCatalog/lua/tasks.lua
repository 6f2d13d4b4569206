-- The module `tasks`. The host keeps the tree: a task is over when its function has ended and so have all tasks that it
-- started, and a task that is cancelled or fails takes them along. Results and failures are kept here.
local _, host = ...
local kept = host.kept()
if kept then return kept end

-- A script may change the standard library.
local pack, unpack, find, tointeger = table.pack, table.unpack, string.find, math.tointeger
local error, getmetatable, next, pairs, rawequal, rawget = error, getmetatable, next, pairs, rawequal, rawget
local rawset, select, setmetatable, tostring, type = rawset, select, setmetatable, tostring, type
local tasks, Task, Scope, Semaphore, Permit = {}, {}, {}, {}, {}
Task.__index, Task.__name, Task.__metatable = Task, "task", "task"
Scope.__index, Scope.__name, Scope.__metatable = Scope, "scope", "scope"
Semaphore.__index, Semaphore.__name, Semaphore.__metatable = Semaphore, "semaphore", "semaphore"

-- Every task that is not over, by its number in the host.
local alive = {}
alive[host.current()] = { number = host.current(), active = 0 }
local failures = 0

-- MARK: Arguments

local function refuse(text, ...) host.refuse(text:format(...)) end

local function check_function(where, position, value)
  if type(value) ~= "function" then refuse("%s: argument %d must be a function, got %s", where, position, type(value)) end
end

local function check_count(where, most, ...)
  local count = select("#", ...) + most
  if count > most then refuse("%s: got %d arguments, takes %d", where, count, most) end
end

local function whole(where, name, value)
  local number = type(value) == "number" and tointeger(value)
  if not number or number < 1 then refuse("%s: %s must be a whole number from 1, got %s", where, name, tostring(value)) end
  return number
end

local function check_self(where, self, class)
  if getmetatable(self) ~= class then refuse("%s is called with a colon", where) end
end

-- MARK: The life of a task

local function start(task, parent, is_shielded, fn, ...)
  if not parent then refuse "no task can be started while the run ends" end
  task.parent, task.active = parent, 0
  task.number, task.site = host.start(parent.number, is_shielded, fn, ...)
  alive[task.number] = task
  parent.active = parent.active + 1
  return task
end

-- The results of a task that is over, or its error.
local function outcome(task)
  if task.blames then task.blames.failed[task], task.blames = nil, nil end
  if task.ok then return unpack(task.results, 1, task.results.n) end
  local caller = alive[host.current()]
  if caller then caller.origin = task end
  error(task.results[1], 0)
end

-- The first task that failed and that nobody awaited.
local function unawaited(parent)
  local first
  for task, order in pairs(parent.failed or {}) do
    if not first or order < parent.failed[first] then first = task end
  end
  return first
end

local function with_site(trace, site)
  local line = "\n\tspawned at " .. site
  return find(trace .. "\n", line .. "\n", 1, true) and trace or trace .. line
end

-- Where the error of a task came up: an error table may know that itself, and keeps it.
local function note_trace(task, trace)
  local problem, origin, site = task.results[1], task.origin, task.site
  local own = type(problem) == "table" and rawget(problem, "traceback")
  if type(own) == "string" then
    if site then rawset(problem, "traceback", with_site(own, site)) end
    return
  end
  -- An error that was awaited and not caught came up where it was raised first.
  if origin and rawequal(origin.results[1], problem) then trace = origin.trace end
  trace = trace or "stack traceback:"
  task.trace = site and with_site(trace, site) or trace
end

local function was_only_cancelled(task)
  local problem = task.results[1]
  return task.cancelled and type(problem) == "table" and rawget(problem, "kind") == "cancelled"
end

local function tell_parent(parent, task, is_awaited)
  parent.active = parent.active - 1
  if not task.ok and not was_only_cancelled(task) then
    if task.ends_parent then
      -- The first failure cancels the rest, unless the parent failed first.
      if not parent.failure and host.cancel(parent.number) then parent.failure = task end
    elseif not is_awaited and not parent.is_race then
      failures = failures + 1
      parent.failed = parent.failed or {}
      parent.failed[task], task.blames = failures, parent
    end
  end
  if parent.listens then
    if parent.is_race then parent.winner = parent.winner or task end
    host.wake(parent.number)
  end
end

-- The host calls this when a task is over. Gives false and an error when the run fails.
local function ended(number, is_awaited, trace, ok, ...)
  local task = alive[number]
  alive[number] = nil
  local failure = task.failure or ok and unawaited(task)
  task.done, task.ok = true, ok and not failure
  task.results = failure and failure.results or pack(...)
  if not task.ok then note_trace(task, failure and failure.trace or trace) end
  local parent = task.parent
  task.parent, task.site, task.origin, task.failure, task.failed, task.winner = nil, nil, nil, nil, nil, nil
  if parent then
    tell_parent(parent, task, is_awaited)
    return true
  end
  return task.ok, task.results[1], task.trace
end

-- Runs `body(task, ...)` as a task, waits for it and for all that it started, and gives its results. The wait goes on
-- when the caller is cancelled, since the task is then cancelled too.
local function within(body, ...)
  host.may_wait()
  local task = {}
  start(task, alive[host.current()], false, body, task, ...)
  host.join(task.number)
  return outcome(task)
end

-- MARK: Tasks

--- Starts `fn(...)` beside the caller and gives a task. The caller's own task is not over before it.
function tasks.spawn(fn, ...)
  check_function("tasks.spawn", 1, fn)
  return start(setmetatable({ done = false }, Task), alive[host.current()], false, fn, ...)
end

--- Waits for the task and gives its results; raises its error.
function Task:await()
  check_self("task:await", self, "task")
  if not self.done then host.await(self.number) end
  return outcome(self)
end

--- Ends the task's wait, and every later one, with a CancelledError; and those of the tasks that it started.
function Task:cancel()
  check_self("task:cancel", self, "task")
  if self.done then return end
  self.cancelled = true
  host.cancel(self.number)
end

tasks.sleep = host.sleep

--- Runs `fn(scope)`, waits for it and for all tasks that it started, and gives its results. The first failure cancels
--- the rest and is raised.
function tasks.scope(fn, ...)
  check_function("tasks.scope", 1, fn)
  check_count("tasks.scope", 1, ...)
  return within(function(task) return fn(setmetatable({ task = task }, Scope)) end)
end

--- Starts `fn(...)` in the scope and gives a task.
function Scope:spawn(fn, ...)
  check_self("scope:spawn", self, "scope")
  check_function("scope:spawn", 1, fn)
  if self.task.done then refuse "scope:spawn: the scope has ended" end
  return start(setmetatable({ done = false, ends_parent = true }, Task), self.task, false, fn, ...)
end

-- MARK: Many

-- A function that gives the next item of a list, a page or an iterator.
local function iterator(items)
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
    refuse("tasks.map: argument 1 must be a list, a page or an iterator, got %s", type(items))
  end
  if items[1] == nil and next(items) ~= nil then
    refuse "tasks.map: argument 1 must be a list, a page or an iterator, got a table without position 1"
  end
  local position = 0
  return function()
    position = position + 1
    return items[position]
  end
end

local function concurrency_of(options)
  if options == nil then return 8 end
  if type(options) ~= "table" then refuse("tasks.map: argument 3 must be a table of options, got %s", type(options)) end
  for key in pairs(options) do
    if key ~= "concurrency" then refuse("tasks.map: unknown option '%s' (there is 'concurrency')", tostring(key)) end
  end
  return options.concurrency == nil and 8 or whole("tasks.map", "concurrency", options.concurrency)
end

--- Calls `fn(item)` for every item, at most `options.concurrency` (default 8) at once, and gives the first
--- results in the order of the items; where `fn` gives nil, so does the list. The first failure ends the reading of
--- items, cancels the rest and is raised.
function tasks.map(items, fn, options, ...)
  check_function("tasks.map", 2, fn)
  check_count("tasks.map", 3, ...)
  local concurrency = concurrency_of(options)
  host.check_items(items)
  local next_item = iterator(items)
  return within(function(task)
    local results, count = {}, 0
    local function run(position, item) results[position] = (fn(item)) end
    task.listens = true
    while true do
      while task.active >= concurrency and not task.failure do host.hold() end
      if task.failure then return end
      local item = next_item()
      if item == nil then return results end
      count = count + 1
      start({ ends_parent = true }, task, false, run, count, item)
    end
  end)
end

-- What the first task of `task` that ends gives; the others are cancelled.
local function first(task)
  task.listens, task.is_race = true, true
  while not task.winner do host.hold() end
  host.cancel(task.number)
  return outcome(task.winner)
end

--- Runs functions beside each other, given as arguments or as one list. The first that ends, with results or an error,
--- decides; the others are cancelled and waited for.
function tasks.race(...)
  local functions, count = { ... }, select("#", ...)
  if count == 1 and type(functions[1]) == "table" then
    functions = functions[1]
    count = #functions
  end
  if count == 0 then refuse "tasks.race: there is no function to run" end
  for position = 1, count do check_function("tasks.race", position, functions[position]) end
  return within(function(task)
    for position = 1, count do start({}, task, false, functions[position]) end
    return first(task)
  end)
end

--- Gives what `fn(...)` gives, or raises a TimeoutError when it takes longer than `time`; it is cancelled then, with all
--- that it started.
function tasks.timeout(time, fn, ...)
  host.check_limit(time)
  check_function("tasks.timeout", 2, fn)
  return within(function(task, ...)
    start({}, task, false, fn, ...)
    start({}, task, false, host.expire, time)
    return first(task)
  end, ...)
end

--- Gives what `fn(...)` gives, and lets it wait although the caller was cancelled: for clean-up.
function tasks.shield(fn, ...)
  check_function("tasks.shield", 1, fn)
  host.may_wait()
  local task = start({}, alive[host.current()], true, fn, ...)
  host.join(task.number)
  return outcome(task)
end

-- MARK: Semaphores

--- A semaphore with so many permits.
function tasks.semaphore(permits, ...)
  check_count("tasks.semaphore", 1, ...)
  return setmetatable({ free = whole("tasks.semaphore", "argument 1", permits), first = 1, last = 0 }, Semaphore)
end

--- Gives what `fn(...)` gives, run while a permit is held. Who waits longest gets the next one.
function Semaphore:with(fn, ...)
  check_self("semaphore:with", self, "semaphore")
  check_function("semaphore:with", 1, fn)
  local permit <close> = setmetatable({ semaphore = self, holder = host.current() }, Permit)
  if self.free > 0 then
    self.free, permit.is_held = self.free - 1, true
  else
    self.last = self.last + 1
    self[self.last] = permit
    while not permit.is_held do host.hold() end
  end
  return fn(...)
end

-- A permit goes on to the next in the queue that has not given up.
function Permit:__close()
  local semaphore = self.semaphore
  if not self.is_held then
    self.is_given_up = true
    return
  end
  while semaphore.first <= semaphore.last do
    local following = semaphore[semaphore.first]
    semaphore[semaphore.first], semaphore.first = nil, semaphore.first + 1
    if not following.is_given_up then
      following.is_held = true
      return host.wake(following.holder)
    end
  end
  semaphore.free = semaphore.free + 1
end

host.keep_ended(ended, tasks)
return tasks
