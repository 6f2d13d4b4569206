// Looking things up in the catalog: names, shapes, near misses, words.

import Testing

@testable import Auth0API

@Suite struct CatalogTests {
    let catalog = Catalog()

    @Test func findsAnOperationByItsName() throws {
        let update = try #require(catalog.operation("clients.update", in: .management))
        #expect(update.verb == .patch)
        #expect(update.path == "/clients/{id}")
        #expect(update.pathParameters.map(\.name) == ["id"])
        #expect(update.body?.encoding == .json)
        #expect(update.requestIsOptional)
        #expect(update.effect == .write)
        #expect(update.scopes.contains("update:clients"))
        #expect(update.secretFields.contains("client_secret"))
        #expect(catalog.operation("clients.update", in: .management) == update, "the second look gives the same")
    }

    @Test(arguments: ["", "clients", "clients.", "clients.updat", "zzz", "clients.update "])
    func knowsNothingOfOtherNames(_ name: String) {
        #expect(catalog.operation(name, in: .management) == nil)
    }

    @Test func saysWhetherANameLeadsToOperations() {
        #expect(catalog.hasOperations(under: "clients", in: .management))
        #expect(catalog.hasOperations(under: "attack_protection.brute_force_protection", in: .management))
        #expect(!catalog.hasOperations(under: "client", in: .management))
        #expect(!catalog.hasOperations(under: "clients.update", in: .management))
        #expect(catalog.hasOperations(under: "oauth", in: .authentication))
    }

    @Test func findsShapes() throws {
        let client = try #require(catalog.shape("Client"))
        #expect(client.fields.contains { $0.name == "client_id" })
        #expect(catalog.shape("Clien") == nil)
        #expect(catalog.shape("EventStreamsCreateRequest")?.anyOf.count == 3)
    }

    @Test func namesTheCapOfUsersAndTheWaysOut() throws {
        let paging = try #require(catalog.operation("users.list", in: .management)?.paging)
        #expect(paging.cap == 1000)
        for way in ["created_at", "all_users"] {
            #expect(paging.capHint?.contains(way) == true)
        }
        #expect(paging.maxPageSize == 100)
        #expect(catalog.operation("clients.list", in: .management)?.paging?.cap == nil)
    }

    @Test func takesTheLargestPageFromTheFacts() {
        #expect(catalog.operation("connection_profiles.list", in: .management)?.paging?.maxPageSize == 10)
        #expect(catalog.operation("actions.list", in: .management)?.paging?.maxPageSize == 50)
    }

    @Test func givesRulesAHintAboutTheirEnd() {
        #expect(catalog.operation("rules.update", in: .management)?.hint?.contains("2026-11-18") == true)
    }

    @Test func knowsWhichPostsOnlyRead() {
        #expect(catalog.operation("custom_domains.test", in: .management)?.effect == .read)
        #expect(catalog.operation("database.change_password", in: .authentication)?.effect == .write)
        #expect(catalog.operation("oauth.client_credentials_grant", in: .authentication)?.effect == .token)
    }

    @Test func describesWhoMayAskForAToken() throws {
        let grant = try #require(catalog.operation("oauth.client_credentials_grant", in: .authentication))
        #expect(
            grant.clientAuthentication
                == ClientAuthentication(
                    isRequired: true, allowsPublicClients: false, sendsClientID: true, sendsCredentials: true,
                    usesMTLSHost: true))
        #expect(grant.body?.encoding == .form)
        #expect(grant.body?.fixed == ["grant_type": "client_credentials"])
        let signUp = try #require(catalog.operation("database.sign_up", in: .authentication))
        #expect(signUp.clientAuthentication?.sendsCredentials == false)
        #expect(signUp.clientAuthentication?.sendsClientID == true)
        let sms = try #require(catalog.operation("passwordless.login_with_sms", in: .authentication))
        #expect(sms.body?.fields.first { $0.name == "phone_number" }?.wireName == "username")
        #expect(catalog.operation("get_user_info", in: .userinfo)?.bearerParameter == "access_token")
    }

    @Test(arguments: [
        ("clients.updat", "clients.update"), ("client.update", "clients.update"), ("users.getAll", "users.list"),
        ("users.get_all", "users.list"), ("clients.remove", "clients.delete"), ("rols.list", "roles.list"),
        ("getUsers", "users.list"), ("updateRule", "rules.update"), ("users.usersByEmail", "users.list_users_by_email"),
        ("management.clients.lsit", "clients.list"), ("clients.craete", "clients.create"), ("clients", "clients.list"),
    ])
    func suggestsWhatWasMeant(_ typed: String, _ meant: String) {
        #expect(catalog.suggestions(for: typed, in: .management).prefix(2).contains(meant))
    }

    @Test func suggestsAuthenticationNames() {
        #expect(catalog.suggestions(for: "passwordless.sendSMS", in: .authentication).first == "passwordless.send_sms")
        #expect(
            catalog.suggestions(for: "oauth.clientCredentialGrant", in: .authentication).first
                == "oauth.client_credentials_grant")
    }

    @Test(arguments: ["xyzzy", "", "the.quick.brown.fox", "."])
    func suggestsNothingForNonsense(_ typed: String) {
        #expect(catalog.suggestions(for: typed, in: .management).isEmpty)
    }

    @Test func searchesNamesPathsAndScopes() {
        #expect(catalog.search(words: ["clients.update"]).first?.name == "clients.update")
        #expect(catalog.search(words: ["clients", "update"]).first?.name == "clients.update")
        #expect(catalog.search(words: ["update clients"]).map(\.name).contains("clients.update"))
        #expect(catalog.search(words: ["/users-by-email"]).map(\.path) == ["/users-by-email"])
        #expect(!catalog.search(words: ["delete:users"]).isEmpty)
        #expect(catalog.search(words: ["sendSMS"]).map(\.name).contains("passwordless.send_sms"))
        #expect(catalog.search(words: ["nothing", "like", "this"]).isEmpty)
        #expect(catalog.search(words: []).count == API.allCases.reduce(0) { $0 + catalog.names(in: $1).count })
    }
}
