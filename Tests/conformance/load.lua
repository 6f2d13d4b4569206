-- load, and the rules of metatables.
print(load("return ...", "n", "t", {})(3), load("x = 1; return x", "n", "t", { x = 2 })(), load("return _ENV", "x", "t", nil)())
print(pcall(load, {})) print(pcall(load)) print(pcall(load, nil)) print(pcall(load, "x", "n", 1)) print(pcall(load, "return 1", {}))
print(load("x=", "=n")) print(load("x=", "@n")) print(load("x=\n\n\n'", "long " .. ("x"):rep(100))) print(load(("x "):rep(100))) print(load(12))
print(load("\27Lua", "x", "t")) print(load("return 1", "x", "b")) print(load("return 1", "x", "q")) print(load("goto nowhere"))
local function reader(pieces)
  local i = 0
  return function()
    i = i + 1
    return pieces[i]
  end
end
print(load(reader { "return", " 1", "+2" })(), load(reader { "return 1", "", "+2" })(), load(reader {})(), load(reader { "x=" }))
print(pcall(load, reader { {} })) print(pcall(load, function() error("from the reader", 0) end)) print(load(reader { "\27Lua" }, "x", "t"))
print(load("return 1 --" .. ("x"):rep(200000))(), load("return '" .. ("x"):rep(200000) .. "'")() == ("x"):rep(200000))
print(#load(reader { "return '", ("y"):rep(100000), ("z"):rep(100000), "'" })())
local environment = {}
load("a, b = 1, ...", "chunk", "t", environment)(2)
print(environment.a, environment.b, a, b)

print(pcall(setmetatable)) print(pcall(setmetatable, {})) print(pcall(setmetatable, 1, {})) print(pcall(setmetatable, {}, 1))
print(pcall(setmetatable, setmetatable({}, { __metatable = 1 }), {})) print(pcall(setmetatable, setmetatable({}, { __metatable = false }), nil))
print(getmetatable(setmetatable({}, { __metatable = 1 })), getmetatable(setmetatable({}, nil)), getmetatable({}), pcall(getmetatable))
local metatable = {}
print(getmetatable(setmetatable({}, metatable)) == metatable, setmetatable(metatable, metatable) == metatable)
