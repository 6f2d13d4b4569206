// `luath api`: what a reader finds about an operation or a type, in lines that fit a terminal.

import Auth0API
import Foundation
import Testing

@Suite struct APICommandTests {
    func page(_ words: String...) async throws -> String {
        let result = try await Command.luath(["api"] + words)
        #expect(result.status == 0, "\(result.errors)")
        return result.output
    }

    /// The block under a heading.
    func section(_ title: String, of text: String) -> Substring {
        guard let start = text.range(of: "\n\(title):")?.upperBound else { return "" }
        return text[start...].prefix(upTo: text[start...].range(of: "\n\n")?.lowerBound ?? text.endIndex)
    }

    @Test func tellsQueryAndBodyApart() async throws {
        let text = try await page("jobs.verification_email.create")
        #expect(section("Query", of: text).isEmpty)
        #expect(section("Body", of: text).contains("user_id"))
        let deletion = try await page("actions.delete")
        #expect(section("Query", of: deletion).contains("force"))
        #expect(section("Path", of: deletion).contains("id"))
        #expect(section("Body", of: deletion).isEmpty)
    }

    @Test func saysWhatAListAsksForByItself() async throws {
        let users = section("Query", of: try await page("users.list"))
        #expect(users.contains("\n  per_page        number, 0 to 100, 100 when left out"))
        #expect(users.contains("\n  include_totals  boolean, true when left out"))
        let logs = section("Query", of: try await page("logs.list"))
        #expect(logs.contains("when left out"))
    }

    @Test func namesOptionsAndErrors() async throws {
        let text = try await page("users.get")
        #expect(section("Options", of: text).contains("abort_signal"))
        #expect(section("Errors", of: text).contains("404 NotFoundError"))
        #expect(section("Errors", of: try await page("oauth.password_grant")).contains("AuthApiError"))
        #expect(section("Errors", of: try await page("userinfo.get_user_info")).contains("UserInfoError"))
    }

    @Test func leadsToTheTypesOfFields() async throws {
        let text = try await page("clients.create")
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("Types: luath api ") })
        let type = String(line.split(separator: " ")[3])
        #expect(try await page(type).hasPrefix("\(type)\n"))
        #expect(try await page("ClientAddons").contains("\nFields:\n"))
        #expect(try await page("auth0.ClientAddons") == page("ClientAddons"))
        #expect(try await page("EventStreamsCreateRequest").contains("\nOne of: "))
    }

    @Test func namesTheNearestType() async throws {
        let result = try await Command.luath("api", "ClientAddonz")
        #expect(result.status == 1)
        #expect(result.errors.contains("ClientAddons"))
    }

    @Test(arguments: [
        "clients.create", "users.list", "prompts.rendering.get", "oauth.authorize_url", "events.subscribe", "Client",
        "EventStreamsCreateRequest", "UpdateConnectionOptions", "flows.vault.connections.create", "log_streams.create",
    ])
    func fitsAHundredColumns(name: String) async throws {
        let text = try await Command.luath("api", name).output
        for line in text.split(separator: "\n") where !line.hasPrefix("  for ") && !line.hasPrefix("  local ") {
            #expect(line.count <= 100, "\(line)")
        }
    }
}
