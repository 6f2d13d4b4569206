-- Arguments are checked before anything is sent: the message has the wrong name and the right one.
local management = require("auth0").management

local function check(wrong, right, call, ...)
  local ok, problem = pcall(call, ...)
  assert(not ok, "accepted: " .. wrong)
  assert(problem.name == "InvalidArgumentError" and problem.kind == "argument", tostring(problem))
  assert(tostring(problem):find(wrong, 1, true), tostring(problem))
  assert(tostring(problem):find(right, 1, true), tostring(problem))
end

check("per_pages", "per_page", management.clients.list, { per_pages = 5 })
check("descripton", "description", management.clients.update, "some-id", { descripton = "x" })
check("max_retrys", "max_retries", management.clients.list, {}, { max_retrys = 0 })
check("id", "empty", management.clients.get, "")
check("id", "..", management.clients.get, "..")
check("name", "missing", management.clients.create, { description = "has no name" })
