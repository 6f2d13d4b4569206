-- The other string functions: formats, packing, repetition, comparison, and messages.
local state = 42
local function random(n)
  state = (state * 1103515245 + 12345) & 0x7fffffff
  return (state >> 8) % n + 1
end

local values = { 0, 1, -1, 42, 1 / 3, -2.5, 1e15, 1e100, 2 ^ 53, math.maxinteger, math.mininteger, math.huge, -math.huge, "12", "x", "", "a\0b\n\"\\" }
local flags = { "", "-", "+", " ", "#", "0", "-0", "+-" }
local conversions = { "d", "i", "u", "c", "x", "X", "o", "e", "E", "f", "F", "g", "G", "a", "A", "s", "q", "%", "p", "y" }
for _ = 1, 2000 do
  local format = "%" .. flags[random(#flags)] .. (random(3) == 1 and random(12) or "") .. (random(3) == 1 and "." .. random(8) or "")
  format = format .. conversions[random(#conversions)]
  local value = values[random(#values)]
  if not format:find("p", 1, true) then print(format, pcall(string.format, format, value)) end
end
print(pcall(string.format, "%d", 1.5)) print(pcall(string.format, "%d")) print(pcall(string.format, "%99999d", 1))
print(pcall(string.format, "%s", setmetatable({}, { __tostring = function() return 1 end })))
print(("%s %s"):format(nil, true), ("%5s|%-5s|%.2s"):format("abc", "abc", "abc"), ("%q"):format(1 / 3), ("%q"):format(math.mininteger))

print(("x"):rep(3, ","), ("x"):rep(1, ","), (""):rep(3, ","), ("ab"):rep(0), ("ab"):rep(-1), ("ab"):rep(7), #("abc"):rep(1000, "-"))
print(pcall(string.rep)) print(pcall(string.rep, "x")) print(pcall(string.rep, "x", 1e100)) print(pcall(string.rep, "x", 10, {}))
print(pcall(string.rep, "x", 1 << 62)) print(pcall(string.rep, "xx", 1 << 62)) print(pcall(string.rep, "xx", math.maxinteger, "abc"))

local layouts = { "b", "B", "h", "H", "i3", "I5", "i8", "i16", "j", "J", "T", "n", "f", "d", "s1", "s2", "z", "x", "c5", "!4 i8", ">i4", "<i4", "=h", "Xi4", "i17", "!3", "c", "q" }
for _ = 1, 400 do
  local layout = layouts[random(#layouts)] .. layouts[random(#layouts)]
  local packed = table.pack(pcall(string.pack, layout, random(300) - 150, random(100)))
  print(layout, packed[1], ("%q"):format(packed[2]), pcall(string.packsize, layout))
  if packed[1] then print(pcall(string.unpack, layout, packed[2])) end
end
print(pcall(string.pack, "z", "a\0b")) print(pcall(string.unpack, "i4", "abc")) print(pcall(string.pack, {})) print(pcall(string.pack))
print(pcall(string.unpack, "z", "abc")) print(pcall(string.unpack, "b", "a", 5)) print(string.unpack("<I2", "\1\2\3\4", -2))

print(("hello"):sub(2, -2), ("hello"):sub(-100, 100), ("hello"):sub(4, 2), ("hello"):byte(-1), ("hello"):byte(1, -1), ("").byte(""))
print(("Hello"):upper(), ("Hello"):lower(), ("Hello"):reverse(), #"a\0b", string.char(72, 105), string.char())
print(pcall(string.char, 256)) print(pcall(string.sub)) print(pcall(string.upper)) print(pcall(string.len, {}))
print("a" < "b", "a" < "A", "" < "a", "a\0b" < "a\0c", "Z" < "a", pcall(function() return "1" < 2 end))
print("10" + 5, "0x10" * 2, "3" // "2", -"2", "10" .. 5, pcall(function() return "x" + 1 end))
print(("x"):len(), ("x").rep == string.rep, pcall(function() return ("x").y.z end))
function string.shout(text) return text:upper() .. "!" end
print(("x"):shout())
print(utf8.char(72, 228, 8364, 128512), utf8.len("häß€"), utf8.codepoint("h€", 1, -1), utf8.offset("a€b", 3), utf8.len("\xff"))
for place, code in utf8.codes("a€") do print(place, code) end
print(pcall(utf8.codepoint, "\xff")) print(pcall(utf8.char, -1)) print(pcall(utf8.len, "abc", 5)) print(utf8.charpattern)
