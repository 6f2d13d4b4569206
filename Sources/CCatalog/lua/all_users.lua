-- `auth0.all_users`: every user of a tenant, past the 1,000 that one search gives. Users are asked for in order of their
-- creation, each time from the creation time of the last one on, so that changes on the way move nobody out of sight.
local _, host, management = ...
local cap, largest_page = 1000, 100
local known = { q = true, connection = true, fields = true, include_fields = true, per_page = true,
  search_engine = true, primary_order = true }

local function check(request)
  if type(request) ~= "table" then
    error("all_users: argument 1 must be a table such as { q = \"...\" }, got " .. type(request), 3)
  end
  for key in pairs(request) do
    if key == "sort" or key == "page" or key == "include_totals" then
      error(("all_users: '%s' cannot be given: users come in order of created_at, page by page"):format(key), 3)
    elseif not known[key] then
      error(("all_users: unknown field '%s'"):format(tostring(key)), 3)
    end
  end
  local size = request.per_page
  if size ~= nil and (math.type(size) ~= "integer" or size < 1 or size > largest_page) then
    error(("all_users: 'per_page' must be a whole number from 1 to %d"):format(largest_page), 3)
  end
end

--- The fields to ask for: those that the walk itself needs are always among them.
local function fields(request)
  if request.fields == nil then return nil end
  local listed = {}
  for field in tostring(request.fields):gmatch("[^,%s]+") do listed[field] = true end
  for _, needed in ipairs { "user_id", "created_at" } do
    if request.include_fields == false and listed[needed] then
      error(("all_users: '%s' cannot be left out: the walk needs it"):format(needed), 3)
    end
  end
  if request.include_fields == false then return request.fields end
  return request.fields .. (listed.user_id and "" or ",user_id") .. (listed.created_at and "" or ",created_at")
end

--- An iterator over all users that a query finds; `options` are those of each call.
return function(request, options)
  request = request or {}
  check(request)
  local size = request.per_page or largest_page
  local query = { sort = "created_at:1", include_totals = false, per_page = size }
  for key, value in pairs(request) do query[key] = value end
  query.fields = fields(request)

  local page, position, is_last = {}, 0, false
  -- The page begins at `from` and ends at `to`; `done` are ids that were handed out and may be on it again, `pending`
  -- those that may be on the next one. Within one moment, `number` counts pages.
  local from, to, number = nil, nil, 0
  local done, pending = {}, {}

  local function search(range)
    if not range then return request.q end
    return request.q and ("(%s) AND created_at:[%s]"):format(request.q, range) or ("created_at:[%s]"):format(range)
  end

  --- More users share one creation time than a search gives: says so, rather than leave some out.
  local function refuse_moment()
    query.q, query.page, query.include_totals = search(from .. " TO " .. from), 0, true
    host.refuse_moment(from, management.users.list(query, options).total or cap)
  end

  local function fetch()
    if to ~= from then
      from, number, done, pending = to, 0, pending, {}
    elseif from then
      number = number + 1
      for id in pairs(pending) do done[id] = true end
      if (number + 1) * size > cap then refuse_moment() end
    end
    query.q, query.page = search(from and (from .. " TO *")), number
    page, position = management.users.list(query, options).data, 0
    is_last = #page < size
    to = #page > 0 and page[#page].created_at or nil
    if #page > 0 and to == nil then error("all_users: the tenant gives users without created_at", 0) end
  end

  return function()
    while true do
      position = position + 1
      local user = page[position]
      if user == nil then
        if is_last then return nil end
        fetch()
        if #page == 0 then return nil end
      elseif not done[user.user_id] then
        if user.created_at == to then pending[user.user_id] = true end
        return user
      end
    end
  end
end
