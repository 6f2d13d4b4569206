-- Users are imported by a job, which is watched until it is done.
local management, tasks = require("auth0").management, require "tasks"
local connection = management.connections.list({ name = "Username-Password-Authentication" }).data[1]

local job = management.jobs.users_imports.create {
  connection_id = connection.id, users = { { email = "imported.one@example.com" }, { email = "imported.two@example.com" } },
}
while job.status ~= "completed" do
  assert(job.status ~= "failed", "the import failed")
  tasks.sleep(0.05)
  job = management.jobs.get(job.id)
end
assert(#management.users.list_users_by_email { email = "imported.two@example.com" } == 1)
