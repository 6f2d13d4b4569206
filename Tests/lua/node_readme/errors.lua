-- An error status is raised as a table with the status, the body and the raw response.
local management = require("auth0").management

local ok, problem = pcall(management.actions.create, {
  name = "my-action", supported_triggers = { { id = "post-login", version = "v3" } },
  code = "exports.onExecutePostLogin = async (event, api) => { console.log('Hello'); };",
})
assert(ok, tostring(problem))

local ok, problem = pcall(management.roles.get, "rol_0000000000000000")
assert(not ok and problem.name == "NotFoundError" and problem.kind == "api")
assert(problem.status_code == 404 and problem.message ~= "")
assert(problem.body.statusCode == 404 and problem.body.error == "Not Found")
assert(problem.raw_response.status == 404 and problem.raw_response.headers["content-type"]:find "json")
assert(problem.raw_response.url:find "/roles/rol_0000000000000000$", problem.raw_response.url)
