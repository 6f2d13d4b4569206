-- The module `fs`: the host's read, write and exists, and lines made of read.
local _, host = ...

--- An iterator over the lines of a file, without their ends.
function host.lines(path)
  local text, at = host.read(path), 1
  return function()
    if at > #text then return nil end
    local stop = text:find("\n", at, true) or #text + 1
    local line = text:sub(at, stop - 1)
    at = stop + 1
    return (line:gsub("\r$", ""))
  end
end

return host
