-- Every script starts here: a chunk that gives back a recipe has the recipe run with the script's arguments.
local _, host = ...

local function finish(arguments, description, ...)
  if type(description) == "table" and getmetatable(description) == host.mark then
    local params = host.parameters(description, table.unpack(arguments, 1, arguments.n))
    if params then return description.run(params) end
    return
  end
  return description, ...
end

return function(chunk, ...)
  return finish(table.pack(...), chunk(...))
end
