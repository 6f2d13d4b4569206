// `luath api --migrate`: an old name becomes today's, or advice.

import Foundation
import Testing

@Suite(.serialized) struct MigrateCommandTests {
    private func migrate(_ name: String) async throws -> Command {
        try await Command.luath("api", "--migrate", name)
    }

    @Test func showsTodaysNameAndHowTheArgumentsMove() async throws {
        let shown = try await migrate("updateRule")
        #expect(shown.status == 0)
        #expect(
            shown.output == """
                auth0.v2: management.updateRule({ id }, data, callback?)

                  auth0: management.rules.update(id, request?, options?)
                  PATCH /rules/{id}

                  id       was params.id
                  request  was data
                  result   the body, then the response; was the body
                  errors   are raised; there is no callback

                  before: management.updateRule({ id = "ID" }, { script = "…" })
                  after:  management.rules.update("ID", { script = "…" })

                """)
    }

    @Test(arguments: [
        ("management.users.getAll", ["auth0.v2: ", "auth0.v4: ", "management.users.list(request?, options?)"]),
        (
            "networkAcls.update",
            ["management.network_acls.set(", "management.network_acls.update is another operation"]
        ),
        (
            "guardian.getPhoneFactorSelectedProvider",
            ["factors.sms.get_selected_provider", "factors.phone.get_selected"]
        ),
        ("getGuardianFactorTemplates", [#"with name = "phone""#, #"with name = "sms""#]),
        ("auth.oauth.passwordGrant", ["authentication.oauth.password_grant(", "was options.forwardedFor"]),
        ("verifySMSCode", ["was data.phoneNumber", "login_with_sms"]),
        ("customDomains.get", [#"with id = "default" also: management.custom_domains.get_default()"#]),
        ("getProfile", ["userinfo.get_user_info(access_token, options?)", "was the first argument"]),
    ]) func namesEveryMeaning(name: String, texts: [String]) async throws {
        let shown = try await migrate(name)
        #expect(shown.status == 0)
        for text in texts { #expect(shown.output.contains(text), "\(text) in \(shown.output)") }
    }

    @Test(arguments: [
        ("getAccessToken", "authentication.oauth.client_credentials_grant"), ("getUserss", "did you mean getUsers"),
        ("users.list", "luath api users.list shows it"), ("management.users.list", "is today's name"),
        ("nothing.likeThisAtAll", "no generation has a name"),
    ]) func saysWhatToUseInstead(name: String, text: String) async throws {
        let shown = try await migrate(name)
        #expect(shown.status == 1 && shown.output.isEmpty)
        #expect(shown.errors.contains(text), "\(shown.errors)")
    }

    @Test func takesOneName() async throws {
        #expect(try await Command.luath("api", "--migrate", "getUsers", "users").status == 2)
    }
}
