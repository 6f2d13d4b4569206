// The Swift examples of doc comments and of README, compiled and run as they stand there.

import Auth0API
import Auth0Client
import Foundation
import Synchronization
import Testing

@testable import DemoTenant

// README: From Swift
struct Application: Codable {
    var client_id: String
    var name: String
}

func renameTestApplications(_ management: ManagementClient) async throws -> [String] {
    var names: [String] = []
    for try await application in management.items(of: "clients.list", as: Application.self)
    where application.name.hasPrefix("test-") {
        let name = "qa-" + application.name.dropFirst("test-".count)
        let changed: Application = try await management.call(
            "clients.update", path: [application.client_id], body: ["name": name])
        names.append(changed.name)
    }
    return names
}

/// Examples with an address on the internet: compiled, not run.
func examplesOfClients(id: String, secret: String) async throws -> (APIResponse, TokenSet) {
    let management = try ManagementClient(
        domain: "acme.eu.auth0.com", credentials: .clientCredentials(id: id, secret: secret))
    let response: APIResponse = try await management.call("clients.list", query: [("per_page", "100")])

    let client = try AuthenticationClient(
        domain: "acme.eu.auth0.com", clientID: id, credential: .secret(Secret(secret)))
    let tokens = try await client.clientCredentialsGrant(audience: "https://acme.eu.auth0.com/api/v2/")
    return (response, tokens)
}

func exampleOfTypedCalls(_ management: ManagementClient) async throws -> String {
    struct App: Codable {
        var client_id: String
        var name: String
        var callbacks: [String]?
    }
    let app: App = try await management.call("clients.create", body: ["name": "Shop"])
    try await management.call("clients.update", path: [app.client_id], body: ["name": "New shop"])
    return app.client_id
}

func exampleOfItems(_ management: ManagementClient, print: (String, String) -> Void) async throws {
    struct User: Decodable {
        var user_id: String
        var email: String?
    }
    for try await user in management.items(of: "users.list", query: [("q", "email:j*")], as: User.self) {
        print(user.user_id, user.email ?? "")
    }
}

func exampleOfTokens(_ authentication: AuthenticationClient, password: Secret) async throws -> TokenSet {
    let tokens: TokenSet = try await authentication.call(
        "oauth.password_grant",
        ["username": "jane@example.com", "password": .secret(password), "scope": "openid email"])
    return tokens
}

func exampleOfProfiles(_ userinfo: UserInfoClient, _ tokens: TokenSet) async throws -> UserProfile {
    let profile: UserProfile = try await userinfo.getUserInfo(accessToken: tokens.accessToken)
    return profile
}

@Suite struct DocumentedExamplesTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The text of files, their lines without indentation, so that an example can stand deeper or in a comment.
    static func lines(_ text: String) -> String {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
            .joined(separator: "\n")
    }
    static func text(of folder: String, _ name: (String) -> Bool) throws -> [String] {
        let folder = root.appending(path: folder)
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter(name)
            .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
    }
    static func blocks(_ text: String) -> [String] {
        text.split(separator: "```swift\n").dropFirst().map {
            String($0.prefix(upTo: $0.range(of: "```")?.lowerBound ?? $0.endIndex))
        }
    }

    @Test func everyExampleOfADocCommentStandsHere() throws {
        let here = Self.lines(try String(contentsOfFile: #filePath, encoding: .utf8))
        var count = 0
        for text in try Self.text(of: "Sources/Auth0Client", { $0.hasSuffix(".swift") }) {
            let comments = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
                .filter { $0.hasPrefix("///") }.map { $0.dropFirst(3) }.joined(separator: "\n")
            for block in Self.blocks(comments) {
                count += 1
                #expect(here.contains(Self.lines(block)), "\(block)")
            }
        }
        #expect(count >= 6)
    }

    @Test func everySwiftExampleOfREADMEStandsInATest() throws {
        let tests = try Self.text(of: "Tests") { $0.hasSuffix("Tests.swift") }.map { Self.lines($0) }
        let blocks = Self.blocks(try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8))
        #expect(!blocks.isEmpty)
        for block in blocks { #expect(tests.contains { $0.contains(Self.lines(block)) }, "\(block)") }
    }

    @Test func theyRunAgainstTheDemoTenant() async throws {
        let demo = try await DemoTenant.start()
        let credentials = Credentials.clientCredentials(id: demo.clientID, secret: demo.clientSecret.reveal())
        let management = try ManagementClient(domain: demo.url, credentials: credentials)
        let renamed = try await renameTestApplications(management)
        #expect(!renamed.isEmpty && renamed.allSatisfy { $0.hasPrefix("qa-") })
        #expect(try await renameTestApplications(management) == [])

        let id = try await exampleOfTypedCalls(management)
        let changed: Application = try await management.call("clients.get", path: [id])
        #expect(changed.name == "New shop")
        let gone: Application? = try await management.call("clients.delete", path: [id])
        #expect(gone == nil)

        var users: [String] = []
        try await exampleOfItems(management) { users.append($0 + $1) }
        #expect(users.count > 100 && Set(users).count == users.count)

        struct User: Decodable { var user_id: String }
        let jane = ["email": "jane@example.com", "connection": "Username-Password-Authentication", "password": "x"]
        let user: User? = try? await management.call(
            "users.create", body: jane.merging(["password": DemoTenant.userPassword.reveal()]) { $1 })
        #expect(user != nil)
        let authentication = try AuthenticationClient(
            domain: demo.url, clientID: demo.clientID, credential: .secret(demo.clientSecret))
        let tokens = try await exampleOfTokens(authentication, password: DemoTenant.userPassword)
        let profile = try await exampleOfProfiles(UserInfoClient(domain: demo.url), tokens)
        #expect(profile.email == "jane@example.com")
        #expect(profile.subject == user?.user_id)
        await demo.close()
    }
}
