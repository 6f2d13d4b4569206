-- Random patterns against random subjects: the seed is the first argument, so both interpreters draw the same ones.
local state = tonumber((...))
local function random(n)
  state = (state * 1103515245 + 12345) & 0x7fffffff
  return (state >> 8) % n + 1
end

local items = {
  "a", "b", "c", "%a", "%d", "%w", "%s", "%p", "%A", "%S", "%x", "%l", "%u", "%c", "%g", "%.", "%%", "%-", ".", "1", " ",
  "[ab]", "[^ab]", "[a-c]", "[%a-]", "[]a]", "[^]a]", "[%]b]", "[a-%%]", "[a-]", "[-a]", "[\0-b]", "[", "]", "%b()", "%bab",
  "%f[%w]", "%f[^a]", "%f[a]", "%1", "%2", "%0", "%q", "%z", "%", "%f", "%b", "%ba", "\0", "é", "(", ")", "()", "(a)", "(.-)",
  "(%w*)", "$", "^", "-", "*", "+", "?",
}
local quantifiers = { "", "", "", "", "*", "+", "-", "?" }
local characters = { "a", "b", "c", "a", "b", "(", ")", "1", " ", "-", "%", "\0", "A", "]", "é", ".", "^" }
local replacements = { "<%0>", "%1", "%2", "x", "", "%%", "%", "%z", "[%1%0]", "%9" }

local function pattern()
  local parts = { random(8) == 1 and "^" or "" }
  for _ = 1, random(6) do parts[#parts + 1] = items[random(#items)] .. quantifiers[random(#quantifiers)] end
  return table.concat(parts) .. (random(8) == 1 and "$" or "")
end

local function subject()
  local parts = {}
  for _ = 1, random(12) - 1 do parts[#parts + 1] = characters[random(#characters)] end
  -- Long subjects are searched in another way.
  return table.concat(parts) .. (random(10) == 1 and ("xyz "):rep(150) .. table.concat(parts) or "")
end

local function show(name, ...)
  local parts = { name }
  for i = 1, select("#", ...) do parts[#parts + 1] = ("%q"):format((select(i, ...))) end
  print(table.concat(parts, " "))
end

local function replace(...)
  local kind = select("#", ...) % 3
  if kind == 0 then return nil end
  return kind == 1 and (...) or false
end

for i = 1, 1000 do
  local s, p = subject(), pattern()
  local init = random(3) == 1 and random(20) - 8 or nil
  show(i, #s < 100 and s or #s, p, init)
  show("find", pcall(string.find, s, p, init))
  show("plain", pcall(string.find, s, p:sub(1, 2), init, true))
  show("match", pcall(string.match, s, p, init))
  show("gsub text", pcall(string.gsub, s, p, replacements[random(#replacements)], random(4) == 1 and random(5) - 2 or nil))
  show("gsub function", pcall(string.gsub, s, p, replace))
  show("gsub table", pcall(string.gsub, s, p, { a = "A", b = 1, c = false }))
  show("gmatch", pcall(function()
    local found = {}
    for a, b in string.gmatch(s, p, init) do found[#found + 1] = tostring(a) .. ":" .. tostring(b) end
    return table.concat(found, "|")
  end))
end
