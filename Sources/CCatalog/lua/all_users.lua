-- `auth0.all_users`: every user of a tenant, past the 1,000 that one search gives. Users are asked for in order of their
-- creation, each time from the creation time of the last one on, so that changes on the way move nobody out of sight.
local _, host, management = ...
local cap, largest_page = 1000, 100
local known = { q = "string", connection = "string", fields = "string", include_fields = "boolean",
  per_page = "number", search_engine = "string", primary_order = "boolean", client = "table" }

local function check(request)
  if type(request) ~= "table" then
    host.refuse_walk("argument 1 must be a table such as { q = \"...\" }, got a " .. type(request))
  end
  for key, value in pairs(request) do
    if key == "sort" or key == "page" or key == "include_totals" then
      host.refuse_walk(("'%s' cannot be given: users come in order of created_at, page by page"):format(key))
    elseif not known[key] then
      host.refuse_walk(("unknown field '%s'"):format(tostring(key)))
    elseif type(value) ~= known[key] then
      host.refuse_walk(("'%s' must be a %s, got a %s"):format(key, known[key], type(value)))
    end
  end
  local size = request.per_page
  if size and (math.type(size) ~= "integer" or size < 1 or size > largest_page) then
    host.refuse_walk(("'per_page' must be a whole number from 1 to %d"):format(largest_page))
  end
end

--- The fields to ask for: those that the walk itself needs are always among them.
local function fields(request)
  if not request.fields then return nil end
  local listed = {}
  for field in request.fields:gmatch "[^,%s]+" do listed[field] = true end
  for _, needed in ipairs { "user_id", "created_at" } do
    if request.include_fields == false and listed[needed] then
      host.refuse_walk(("'%s' cannot be left out: the walk needs it"):format(needed))
    end
  end
  if request.include_fields == false then return request.fields end
  return request.fields .. (listed.user_id and "" or ",user_id") .. (listed.created_at and "" or ",created_at")
end

--- An iterator over all users that a query finds; `options` are those of each call.
return function(request, options)
  request = request or {}
  check(request)
  local client = request.client or management
  local size = request.per_page or largest_page
  local query = { sort = "created_at:1" }
  for key, value in pairs(request) do query[key] = value end
  query.client, query.fields = nil, fields(request)

  -- What is left starts at `from`; `done` are the ids of users of that moment that were handed out. `pending` are those
  -- of the last moment on the page that is in use.
  local from, done, range = nil, {}, nil
  local page, position, is_last, is_busy = {}, 0, false, false
  local last, pending = nil, {}

  local function list(searched, number, per_page, totals)
    local created = searched and ("created_at:" .. searched)
    query.q = created and request.q and ("(%s) AND %s"):format(request.q, created) or created or request.q
    query.page, query.per_page, query.include_totals = number, per_page, totals or false
    local found = client.users.list(query, options)
    local tail = found.data[#found.data]
    if tail and type(tail.created_at) ~= "string" then
      host.refuse_walk("the tenant gives users without created_at, which the walk needs")
    end
    return found
  end

  local function fresh(users, handed_out)
    local new = {}
    for _, user in ipairs(users) do
      if not handed_out[user.user_id] then table.insert(new, user) end
    end
    return new
  end

  --- Users of one moment that fill whole pages: looked for again from the start, since those before may be gone.
  local function same_moment(moment, searched, handed_out)
    local found
    for number = 0, cap // largest_page - 1 do
      found = list(searched, number, largest_page).data
      local new = fresh(found, handed_out)
      if #new > 0 or #found < largest_page then return found, new, #found < largest_page end
    end
    -- As many as a search gives were handed out. Are there more of them?
    local total, count = list(("[%s TO %s]"):format(moment, moment), 0, 1, true).total or math.huge, 0
    for _ in pairs(handed_out) do count = count + 1 end
    if total > count then host.refuse_moment(moment, total) end
    return nil
  end

  local function fetch()
    local start, handed_out, searched = from, done, range
    if last and last ~= from then
      start, handed_out, searched = last, pending, ("[%s TO *]"):format(last)
    else
      for id in pairs(pending) do handed_out[id] = true end
    end
    local found = list(searched, 0, size).data
    local new, ends = fresh(found, handed_out), #found < size
    if #new == 0 and not ends then
      found, new, ends = same_moment(start, searched, handed_out)
      if not found then
        searched, handed_out = ("{%s TO *]"):format(start), {}
        found = list(searched, 0, size).data
        new, ends = found, #found < size
      end
    end
    -- Nothing is changed before this line, so that a failed request can be made again.
    from, done, range, pending = start, handed_out, searched, {}
    page, position, is_last = new, 0, ends
    last = #found > 0 and found[#found].created_at or start
  end

  return function()
    if is_busy then host.refuse_walk("two tasks ask one walk for users at the same time: give each a walk of its own") end
    while position >= #page do
      if is_last then return nil end
      is_busy = true
      local ok, problem = pcall(fetch)
      is_busy = false
      if not ok then error(problem, 0) end
    end
    position = position + 1
    local user = page[position]
    if user.created_at == last then pending[user.user_id] = true end
    return user
  end
end
