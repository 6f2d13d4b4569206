// What `luath init` writes beside the editor types.

/// The files of a new project.
enum NewProject {
    static let files: [(name: String, text: String)] = [
        (
            "main.lua",
            """
            -- Lists the tenant's applications. Try it on a demo tenant: luath run --demo main.lua
            local auth0 = require "auth0"
            local management = auth0.management

            local count = 0
            for client in management.clients.list { fields = "client_id,name,app_type", include_fields = true } do
              print(client.client_id, client.name, client.app_type or "")
              count = count + 1
            end
            print(("%d applications"):format(count))

            """
        ),
        (
            "tenant.env.example",
            """
            # Copy this to tenant.env, fill it in, and run: luath run --env-file tenant.env main.lua
            # The application needs the scopes that the script uses; luath api clients.list names them.
            AUTH0_DOMAIN=your-tenant.eu.auth0.com
            AUTH0_CLIENT_ID=
            AUTH0_CLIENT_SECRET=

            """
        ),
        (
            ".gitignore",
            """
            # Credentials stay on this machine.
            *.env

            """
        ),
        // Scripts have no io, part of os and debug (types/luath.lua has it), and answers leave out what is not set.
        (
            ".luarc.json",
            """
            {
              "runtime.version": "Lua 5.4",
              "runtime.builtin": { "debug": "disable", "io": "disable", "os": "disable" },
              "workspace.library": ["types"],
              "workspace.checkThirdParty": false,
              "type.weakNilCheck": true,
              "diagnostics.disable": ["need-check-nil"]
            }

            """
        ),
    ]
}
