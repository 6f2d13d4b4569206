-- Coroutines and to-be-closed variables.
local co = coroutine.create(function(a, b)
  print("start", a, b, coroutine.isyieldable(), select(2, coroutine.running()))
  print("got", coroutine.yield(a + b))
  local x, y = coroutine.yield()
  return x, y, "end"
end)
print(coroutine.status(co), coroutine.resume(co, 1, 2)) print(coroutine.status(co), coroutine.resume(co, "r")) print(coroutine.resume(co, "p", "q"))
print(coroutine.status(co), coroutine.resume(co)) print(coroutine.close(co), coroutine.status(co))
local failing = coroutine.create(function() error("oops") end)
print(coroutine.resume(failing)) print(coroutine.status(failing), coroutine.close(failing)) print(coroutine.close(failing))
print(select(2, coroutine.resume(coroutine.create(function() error({ code = 1 }) end))).code)
local generate = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end)
print(generate(), generate(), generate(), generate()) print(pcall(generate))
print(pcall(coroutine.wrap(function() error("in wrap") end))) print(pcall(coroutine.wrap(function() error({}) end)) == false)
print(pcall(coroutine.resume)) print(pcall(coroutine.create)) print(pcall(coroutine.create, 1)) print(pcall(coroutine.wrap)) print(pcall(coroutine.status, 1)) print(pcall(coroutine.close, 1)) print(pcall(coroutine.yield))
local self
self = coroutine.create(function() print(coroutine.status(self), coroutine.resume(self)) print(pcall(coroutine.close, self)) end)
print(coroutine.resume(self))
local outer
outer = coroutine.create(function()
  local inner = coroutine.create(function() print(coroutine.status(outer), pcall(coroutine.close, outer)) print(coroutine.resume(outer)) coroutine.yield("inner") end)
  print(coroutine.resume(inner)) print(coroutine.status(inner)) return "outer"
end)
print(coroutine.resume(outer)) print(coroutine.isyieldable(), coroutine.isyieldable(outer))

local function permutations(list, n)
  if n == 0 then return coroutine.yield(table.concat(list)) end
  for i = 1, n do
    list[n], list[i] = list[i], list[n]
    permutations(list, n - 1)
    list[n], list[i] = list[i], list[n]
  end
end
for permutation in coroutine.wrap(function() permutations({ "a", "b", "c" }, 3) end) do print(permutation) end
-- Yields across pcall, metamethods and iterators.
print(coroutine.wrap(function() return pcall(function() return coroutine.yield("out") end) end)())
local yielding = setmetatable({}, { __index = function(_, key) return coroutine.yield(key) end, __add = function() return coroutine.yield("add") end, __lt = function() return coroutine.yield("lt") end, __concat = function() return coroutine.yield("concat") end })
local across = coroutine.wrap(function() return yielding.key, yielding + 1, yielding < 1, yielding .. "x" end)
print(across()) print(across("k")) print(across("a")) print(across("l")) print(across("c"))
local loop = coroutine.wrap(function() for i in function(_, i) i = (i or 0) + 1 return coroutine.yield(i) and i end do print("loop", i) end return "done" end)
print(loop()) print(loop(true)) print(loop(true)) print(loop(false))
local caught = coroutine.wrap(function() return pcall(function() coroutine.yield(1) error("after", 0) end) end)
print(caught()) print(caught()) print(coroutine.wrap(function() return xpcall(function() coroutine.yield() end, print) end)())
print(coroutine.resume(coroutine.create(function() table.sort({ 3, 2, 1 }, function() coroutine.yield() end) end)))
print(coroutine.resume(coroutine.create(function() string.gsub("x", "x", function() coroutine.yield() end) end)))

local function closing(name, fails)
  return setmetatable({}, { __close = function(_, e) print("close", name, e) if fails then error(name .. " failed", 0) end end })
end
do
  local a <close> = closing("a")
  local b <close> = closing("b")
  local c <close>, d <const> = nil, 1
  print("body")
end
print(pcall(function() local a <close> = closing("a") local b <close> = closing("b", true) error("body", 0) end))
print(pcall(function() local a <close> = 5 end)) print(pcall(function() local a <close> = {} end)) print((function() local a <close> = closing("r") return 1, 2 end)())
for i = 1, 3 do
  local a <close> = closing("loop" .. i)
  if i == 2 then break end
end
for k in next, { 1 }, nil, closing("for") do print("for", k) end
local open = coroutine.create(function() local a <close> = closing("co") local b <close> = closing("co2", true) coroutine.yield("open") end)
print(coroutine.resume(open)) print(coroutine.close(open)) print(coroutine.status(open))
local wrapped = coroutine.wrap(function() local a <close> = closing("w", true) error("w body", 0) end)
print(pcall(wrapped))
local across_close = coroutine.wrap(function() local a <close> = setmetatable({}, { __close = function() coroutine.yield("in close") end }) return "returned" end)
print(across_close()) print(across_close())
