-- The table functions, what they do to metamethods, and messages.
print(pcall(table.insert, {}, 1, 2, 3)) print(pcall(table.insert, {}, 5, 2)) print(pcall(table.insert, {}, 0, 2))
print(pcall(table.insert, nil, 2)) print(pcall(table.insert, {})) print(pcall(table.insert, {}, "x", 1)) print(pcall(table.insert, "abc", 1))
print(pcall(table.insert, setmetatable({}, { __len = function() return "x" end }), 1))
print(pcall(table.insert, setmetatable({}, { __len = function() return 1.5 end }), 1))
for size = 0, 3 do
  for position = -1, 5 do
    local list = { table.unpack({ "a", "b", "c" }, 1, size) }
    print(size, position, pcall(table.remove, list, position))
    print(table.concat(list, ","), pcall(table.insert, list, position, "x"))
    print(table.concat(list, ","))
  end
end
print(select("#", table.remove({})), table.remove({ 1, 2, 3 }), pcall(table.remove, {}, "x"))

print(table.concat({ 1, 2.5, "x" }, "-"), table.concat({}, ","), table.concat({ 1, 2, 3 }, ",", 2), table.concat({ 1, 2, 3 }, ",", 2, 1))
print(pcall(table.concat, { 1, {}, 3 })) print(pcall(table.concat, { 1, 2, 3 }, {})) print(pcall(table.concat, { 1, 2, 3 }, ",", 2, 5))
print(table.concat({ [math.maxinteger] = "m" }, ",", math.maxinteger, math.maxinteger), pcall(table.concat, 5))

for first = 0, 3 do
  for last = -1, 4 do
    for to = -1, 4 do
      print(first, last, to, table.concat(table.move({ "a", "b", "c", "d", "e", "f", [0] = "z" }, first, last, to), "", 1, 6))
      print(pcall(table.move, { "a", "b", "c" }, first, last, to, 5))
    end
  end
end
print(pcall(table.move, { 1, 2, 3 }, 1, math.maxinteger, 2)) print(pcall(table.move, { 1, 2, 3 }, math.mininteger, 2, 2))
print(pcall(table.move, { 1, 2, 3 }, 1, 3)) print(pcall(table.move, 1, 1, 2, 3)) print(pcall(table.move, {}, -1, math.maxinteger, 2))
print(table.unpack(table.move({ 1, 2, 3 }, 1, 3, 3, { 9, 9 })))

local function sorted(list, order)
  table.sort(list, order)
  return table.concat(list, " ")
end
local state = 7
for size = 0, 60 do
  local numbers, words = {}, {}
  for i = 1, size do
    state = (state * 1103515245 + 12345) & 0x7fffffff
    numbers[i], words[i] = (state >> 8) % 40, ("%x"):format(state >> 4)
  end
  print(sorted({ table.unpack(numbers) }), sorted({ table.unpack(numbers) }, function(a, b) return a > b end), sorted(words))
end
print(pcall(table.sort, { 3, 1, "x" })) print(pcall(table.sort, { 3, 1, {} })) print(pcall(table.sort, { 1, 2, 3 }, 5))
print(pcall(table.sort, { 1 }, 5)) print(pcall(table.sort)) print(pcall(table.sort, setmetatable({}, { __len = function() return math.maxinteger end })))
print(pcall(table.sort, { 5, 4, 3, 2, 1, 9, 8, 7 }, function() return true end))
print(pcall(table.sort, { 5, 4, 3 }, function() error("no", 0) end))
print(sorted({ 3, 1, 2.5, -1, 1e10 }), pcall(table.sort, { 1, 0 / 0, 3, 0 / 0, 2 }))

local log = {}
local proxy = setmetatable({}, {
  __index = function(_, key)
    log[#log + 1] = "get " .. key
    return key <= 3 and key or nil
  end,
  __newindex = function(_, key, value) log[#log + 1] = "set " .. key .. " " .. tostring(value) end,
  __len = function()
    log[#log + 1] = "len"
    return 3
  end,
})
table.insert(proxy, 1, "x") table.insert(proxy, "y") table.remove(proxy, 1) table.remove(proxy)
table.move(proxy, 1, 3, 2) print(table.concat(proxy, ","), table.unpack(proxy))
print(table.concat(log, "; "))
print(pcall(table.insert, setmetatable({}, { __index = {} }), 1), pcall(table.concat, "abc"), pcall(table.sort, "abc"))
print(table.pack(1, nil, 3).n, table.unpack({ 1, 2, 3 }, 2), table.unpack({ 1, 2 }, -1, 1), pcall(table.unpack, {}, 1, 1e7))
print(#"abc", #{ 1, 2, nil }, next({}), rawlen({ 1, 2 }), rawequal("a", "a"), select(-1, 1, 2, 3), pcall(select, 0))
