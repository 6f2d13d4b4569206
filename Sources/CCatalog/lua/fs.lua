-- The module `fs`: the host's functions, and lines made of open, line and close.
local _, host = ...
local fs = { read = host.read, write = host.write, exists = host.exists }

--- An iterator over the lines of a file, without their ends. The file is closed at its end, and when a loop is left.
function fs.lines(path)
  local file = host.open(path)
  local closing = setmetatable({}, { __close = function() host.close(file) end })
  return function() return host.line(file) end, nil, nil, closing
end

return fs
