-- A scope gives what its function gives, after all its tasks have ended.
local tasks = require "tasks"
local ended = {}
local first, second = tasks.scope(function(scope)
  scope:spawn(function(name)
    tasks.sleep(0.02)
    tasks.spawn(function() tasks.sleep(0.02) table.insert(ended, "grandchild") end)
    table.insert(ended, name)
  end, "child")
  tasks.spawn(function() tasks.sleep(0.01) table.insert(ended, "own") end)
  return "a", nil
end)
assert(first == "a" and second == nil)
assert(table.concat(ended, " ") == "own child grandchild", table.concat(ended, " "))
assert(select("#", tasks.scope(function() return 1, nil, nil end)) == 3)
