-- The pattern functions: replacements, captures, limits, arguments and messages.
print(("hello world"):find("o w"), ("hello"):find(""), ("hello"):find("", 6), ("hello"):find("", 7), ("hello"):find("l", -2))
print(("a.b"):find(".", 1, true), ("a.b"):find("%.", 1), ("a\0b"):find("\0"), ("a\0b"):find("%z"), ("x"):find("x", math.mininteger))
print(("key = value"):match("^(%w+)%s*=%s*(%w+)$"), ("  trim me "):match("^%s*(.-)%s*$"), ("2024-05-06"):match("(%d+)-(%d+)-(%d+)"))
print(("f(a(b)c)d"):match("%b()"), ("THE (quick) fox"):find("%((%a+)%)"), ("hello"):match("()ll()"), ("abab"):match("(ab)%1"))
print(("THE (quick) fox"):gsub("%f[%a]%a+", string.lower), ("x^2"):gsub("%^", "**"), ("abc"):gsub("%w", "%0%0"))
print(string.gsub("abc", ".", { a = 1, b = false, c = 2.5 }), ("abc"):gsub("", "-"), ("abc"):gsub("b*", "-"))
print(("hello world"):gsub("o", "0", 1), ("abc"):gsub("x", "y", -1), ("abc"):gsub("b", 5), ("abc"):gsub("%w", "%%%0"))
print(("abc"):gsub("(a)(b)(c)", "%3%2%1%0"), ("abc"):gsub("()", "%1"), ("aaa"):gsub("^a", "x"), ("a$c"):gsub("a$", "x"))
print(string.gsub("xyz", "%w", function(c) if c == "y" then return 1.5 end end))
print(string.gsub("hello", "l", setmetatable({}, { __index = function(_, key) return key:upper() end })))
for word in ("one two"):gmatch("%a+") do print(word) end
for key, value in ("a=1,b=2"):gmatch("(%w)=(%w)", 4) do print(key, value) end
for found in ("^a^a"):gmatch("^a") do print(found) end
for init = -6, 7 do
  local places = {}
  for place in ("héllo"):gmatch("()", init) do places[#places + 1] = place end
  print(init, table.concat(places, " "))
end
print(#(("x"):rep(70000):gsub("x", "yz")), (("x"):rep(700) .. (" "):rep(700)):find(" +$"))
print(#("x "):rep(600):gsub("%s+$", ""), select(2, ("abc "):rep(600):gsub("%f[%w]%w+", "<%0>")))
for _, class in ipairs { "a", "c", "d", "g", "l", "p", "s", "u", "w", "x", "A", "C", "D", "G", "L", "P", "S", "U", "W", "X" } do
  local members = {}
  for code = 0, 255 do
    if string.char(code):find("%" .. class) then members[#members + 1] = code end
  end
  print(class, table.concat(members, " "))
end

for _, pattern in ipairs { "%", "[", "[^", "[]", "[^]", "[%", "[a-", "[a-%", "(", ")", "(()", "%b", "%bx", "%f", "%fa", "%f[", "%1", "(%1)", "%9", "x%" } do
  print(pattern, pcall(string.find, "x[a", pattern))
  print(pattern, pcall(string.gsub, "x[a", pattern, "%1"))
end
for _, replacement in ipairs { "%", "%2", "%x", "%1", "%0", "%%", "a%" } do print(replacement, pcall(string.gsub, "abc", "%w", replacement)) end
for _, count in ipairs { 31, 32, 33 } do
  print(count, pcall(string.find, ("a"):rep(50), ("(a)"):rep(count)))
  print(count, pcall(string.find, ("a"):rep(50), ("()"):rep(count)))
end
for _, item in ipairs { "a?", "a-", "a*", "a", "%f[a]a" } do
  for _, count in ipairs { 150, 198, 201, 250 } do print(item, count, pcall(string.find, ("a"):rep(300), item:rep(count))) end
end

print(pcall(string.find)) print(pcall(string.find, "a")) print(pcall(string.find, {}, "a")) print(pcall(string.find, "a", "a", "x"))
print(pcall(string.find, "a", "a", 1.5)) print(pcall(string.match, nil, "a")) print(pcall(string.gmatch, "a"))
print(pcall(string.gsub, "a", "a", true)) print(pcall(string.gsub, "a", "a")) print(pcall(string.gsub, "a", "a", "b", "x"))
print(pcall(string.gsub, "x", "x", function() return {} end)) print(pcall(string.gsub, "x", "x", { x = true }))
print(pcall(function() local s = "x" return s:find(nil) end)) print(pcall(function() return ("x"):gsub("x", print.x) end))
print(pcall(string.gsub, "x", "x", function() error("from inside", 0) end))
