-- Pages of lists. A page is data plus a call: `for item in page` walks over all items of this page and the next ones.
local _, host = ...
local methods = {}
local Page = { __index = methods, __name = "page" }

-- One cursor for each loop that is under way. A loop is known by the item that it got last, because that is all that
-- `for` hands back; loops that stand at the same item can share cursors, since both go on with the same next item.
local cursors = setmetatable({}, { __mode = "k" })
local most_loops = 64

local function check(page, name)
  if getmetatable(page) ~= Page then error(("call a page's functions with a colon: page:%s()"):format(name), 3) end
end

function methods:has_next_page()
  check(self, "has_next_page")
  return host.has_next(self._list)
end

--- The next page, or nil after the last. Gives the response as a second result.
function methods:get_next_page()
  check(self, "get_next_page")
  if not self._fetcher then return host.next(self._list) end
  local call = host.next_call(self._list)
  if call then return host.through(self._fetcher, call) end
end

local function cursor_after(page, item)
  local open = cursors[page]
  if not open then
    open = {}
    cursors[page] = open
  end
  if item == nil then
    if #open >= most_loops then table.remove(open, 1) end
    local cursor = { page = page, position = 0 }
    table.insert(open, cursor)
    return cursor
  end
  for index = #open, 1, -1 do
    if open[index].last == item then
      -- The loops that are used last stay; abandoned ones, ended by break, are dropped first.
      local cursor = table.remove(open, index)
      table.insert(open, cursor)
      return cursor
    end
  end
  error("this page's loop was lost: more than 64 loops over one page are open", 3)
end

function Page.__call(page, _, item)
  local cursor = cursor_after(page, item)
  cursor.last = nil -- nobody else takes it while the next page is on its way
  while true do
    cursor.position = cursor.position + 1
    local value = cursor.page.data[cursor.position]
    if value ~= nil then
      cursor.last = value
      -- From the middle of a page on the loop will want the next one, which is then fetched while this one is used.
      if cursor.ahead ~= cursor.page and cursor.position * 2 > #cursor.page.data then
        cursor.ahead = cursor.page
        if not cursor.page._fetcher then host.prefetch(cursor.page._list) end
      end
      return value
    end
    local following = cursor.page:get_next_page()
    if not following then
      local open = cursors[page]
      for index = #open, 1, -1 do
        if open[index] == cursor then table.remove(open, index) end
      end
      return nil
    end
    cursor.page, cursor.position = following, 0
  end
end

function Page.__tostring(page)
  return ("page of %d items%s"):format(#page.data, page.total and (" of " .. page.total) or "")
end

return Page
