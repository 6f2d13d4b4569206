-- The language itself: numbers, control flow, closures, metamethods, and its own error messages.
print(7 // 2, -7 // 2, 7 % -3, -7 % 3, 7.5 // 2, -7.5 % 2, 1e308 * 10, -1e308 * 10, 2 ^ 10, 10 / 2, 3 | 4, 7 & 2, 5 ~ 1, ~0, 1 << 63, 1 << 64, -1 >> 1)
print(math.maxinteger + 1 == math.mininteger, math.mininteger // -1, math.mininteger % -1, 1 == 1.0, math.type(1), math.type(1.0), math.type("1"))
print(0x7fffffffffffffff, 0xffffffffffffffff, 9223372036854775808, 1e1, .5, 0x.8p1, 3e-2, 100000000000000, 1e14, 1e15, 2 ^ 53, 2 ^ 63, -0.0, 0 / 0 ~= 0 / 0)
print(tonumber("0x10"), tonumber("  12  "), tonumber("1e1"), tonumber("1e"), tonumber("z", 36), tonumber("8", 8), tonumber("7", 8), tonumber(""), tonumber("0x"), tonumber("1 2"))
print(math.tointeger(3.0), math.tointeger(3.5), math.tointeger("8"), math.floor(-3.5), math.ceil(-3.5), math.fmod(-7, 3), math.ult(1, -1), math.abs(math.mininteger))
print(3 == 3.0, "3" == 3, 1 < 1.5, math.maxinteger < math.huge, math.maxinteger + 0.0 == math.maxinteger, 2 ^ 53 == 2 ^ 53 + 1)
for i = 3, 1, -1 do io = i end print(io) for i = 1, 0 do print("never") end for x = 1, 2, 0.5 do print(x) end
for i = math.maxinteger - 1, math.maxinteger do print(i) end
print(pcall(function() for i = 1, 10, 0 do end end)) print(pcall(function() for i = "a", 2 do end end)) print(pcall(function() return 1 // 0 end))
print(pcall(function() return 1 % 0 end)) print(1 // 0.0, 1 % 0.0, pcall(function() return 1.5 | 1 end)) print(pcall(function() return "a" | 1 end))

for i = 1, 3 do
  for j = 1, 3 do
    if j == 2 then goto continue end
    if i == 3 then goto done end
    print(i, j)
    ::continue::
  end
end
::done::
local functions = {}
for i = 1, 3 do
  local j = i * 10
  functions[i] = function() j = j + 1 return i, j end
end
print(functions[1](), functions[1](), functions[2](), functions[3]())
local function variadic(...) return select("#", ...), ... end
print(variadic(), variadic(nil), (variadic(1, 2, 3)), #{ variadic(1, 2) })
local function tail(n) if n == 0 then return "deep" end return tail(n - 1) end
print(tail(100000)) print(select(2, pcall(function() local function f() return 1 + f() end return f() end)):match("stack overflow") ~= nil)
local x <const>, y = 1, 2 print(x, y, load("local x <const> = 1; x = 2")) print(load("local x <what> = 1")) print(load("goto x; local a; ::x:: print(a)"))
print(load("break")) print(load("::a:: ::a::")) print(load("x = }")) print(load("x = 'abc")) print(load("x = [[abc")) print(load("return '\\q'")) print(load("return 0x")) print(load("for")) print(load("a.b:c = 1"))

local vector = {}
vector.__index = vector
for _, name in ipairs { "add", "sub", "mul", "div", "mod", "pow", "idiv", "band", "bor", "bxor", "shl", "shr", "concat" } do
  vector["__" .. name] = function(a, b) return name .. ":" .. (type(a) == "table" and a.n or tostring(a)) .. ":" .. (type(b) == "table" and b.n or tostring(b)) end
end
vector.__unm = function(a) return "unm" .. a.n end
vector.__bnot = function(a) return "bnot" .. a.n end
vector.__len = function(a) return a.n * 2 end
vector.__call = function(self, ...) return "call", self.n, ... end
vector.__eq = function(a, b) return a.n == b.n end
vector.__lt = function(a, b) return a.n < b.n end
vector.__le = function(a, b) return a.n <= b.n end
vector.__tostring = function(a) return "v" .. a.n end
vector.__name = "vector"
local a, b = setmetatable({ n = 1 }, vector), setmetatable({ n = 2 }, vector)
print(a + b, a - 1, 2 * a, a / b, a % b, a ^ b, a // b, a & b, a | 1, a ~ b, a << b, a >> b, a .. b, "x" .. a, -a, ~a, #a, a(1, 2))
print(a == b, a == setmetatable({ n = 1 }, vector), a < b, a <= b, a > b, tostring(a), rawequal(a, b), rawlen(a), rawget(a, "add"))
local logged = setmetatable({}, { __index = function(_, k) return k .. "?" end, __newindex = function(t, k, v) rawset(t, k, v .. "!") end, __pairs = function() return function(_, k) if not k then return 1, "one" end end, nil, nil end })
logged.a = "x" print(logged.a, logged.b, rawget(logged, "b")) for k, v in pairs(logged) do print(k, v) end
print(pcall(function() return {} + 1 end)) print(pcall(function() return {} < {} end)) print(pcall(function() return {} < 1 end)) print(pcall(function() return #5 end))
print(pcall(function() local t t.x = 1 end)) print(pcall(function() return undefined.x end)) print(pcall(function() undefined() end)) print(pcall(function() local t = {} t.a.b = 1 end))
print(pcall(function() return ("x")() end)) print(pcall(function() return a.b.c end)) print(pcall(function() return {} .. "x" end)) print(pcall(function() return 2 ^ 53 | 0.5 end))
print(pcall(function() local t = {} t[nil] = 1 end)) print(pcall(function() local t = {} t[0 / 0] = 1 end)) print(pcall(next, {}, "x")) print(pcall(rawset, 1, 2, 3))
print(pcall(error)) print(pcall(error, nil)) print(pcall(error, "m", 0)) print(pcall(error, "m")) print(pcall(error, { 1 }) == false) print(pcall(function() error("m", 2) end))
print(pcall(assert, false)) print(pcall(assert, nil, "why")) print(pcall(assert)) print(assert(1, 2, 3)) print(select("#", pcall(error, nil)))
print(xpcall(function(...) return ... end, print, 1, 2)) print(xpcall(function() error("x", 0) end, function(m) return m .. "!" end)) print(pcall(xpcall)) print(pcall(pcall))
print(pcall(ipairs)) print(pcall(tostring)) print(tostring(nil), tostring(1e15), tostring(-0.0), tostring(1e100)) print(pcall(tonumber)) print(pcall(tonumber, "1", 99)) print(pcall(tonumber, 1, 10)) print(pcall(math.floor, "x")) print(pcall(math.random, 2, 1))
print(type(print), type(nil), type({}), pcall(type)) print(os.time { year = 2024, month = 1, day = 1, hour = 12 } - os.time { year = 2023, month = 12, day = 31, hour = 12 }, os.date("!%Y-%m-%d", 0), pcall(os.date, "%Ez"))
