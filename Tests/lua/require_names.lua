-- A module name is words with dots between them, so it cannot lead out of the script's folder.
local outside = { "../secret", "..", "modules/../../secret", "/etc/passwd", "..secret", "modules.", "", "modules\\..\\secret", "a\0b", "~/x", "%2e%2e/x" }
for _, name in ipairs(outside) do
  local ok, problem = pcall(require, name)
  assert(not ok and problem.message:find("is no module name", 1, true), ("%q: %s"):format(name, problem))
end
