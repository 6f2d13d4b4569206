// Lints the names of older generations: every one leads to operations of the catalog, or says what to use.

import Testing

@testable import Auth0API

@Suite struct LegacyCatalogTests {
    private static let catalog = LegacyCatalog.shared
    static let all = Generation.allCases.flatMap { generation in
        API.allCases.flatMap { api in
            catalog.names(generation, api).compactMap { catalog.name($0, generation, api) }
        }
    }

    @Test func countsAsTheFactsDo() {
        func count(_ generation: Generation, _ api: API, _ isCounted: (LegacyName) -> Bool = { _ in true }) -> Int {
            Self.all.filter { $0.generation == generation && $0.api == api && isCounted($0) }.count
        }
        let isFlat: (LegacyName) -> Bool = { !$0.name.contains(".") }
        #expect(count(.v2, .management, isFlat) == 140)
        #expect(count(.v2, .management) { !isFlat($0) } == 201)
        #expect(count(.v2, .authentication, isFlat) == 12)
        #expect(count(.v2, .authentication) { !isFlat($0) } == 18)
        #expect(count(.v2, .userinfo) == 0)
        #expect(count(.v4, .management) == 340)
        #expect(count(.v4, .authentication) == 17)
        #expect(count(.v4, .userinfo) == 1)
    }

    @Test func everyNameLeadsToAnOperationOrSaysWhatToUse() {
        for generation in Generation.allCases {
            let names = Self.all.filter { $0.generation == generation }
            let gone = names.filter { $0.instead != nil }
            print("\(generation.module): \(names.count) names, \(gone.count) of them without equivalent")
            #expect(gone.count == (generation == .v2 ? 19 : 4))
        }
        for name in Self.all {
            let place: Comment = "\(name.generation) \(name.name)"
            let isKnown = name.operation != nil || !name.cases.isEmpty
            #expect(isKnown == (name.instead == nil), place)
            for item in name.cases + name.specialCases { #expect(item.operation != nil, place) }
        }
    }

    @Test func advisesOnlyWhatThereIs() {
        for name in Self.all {
            guard let instead = name.instead else { continue }
            let named = instead.matches(of: /\b(management|authentication|userinfo)\.([a-z_.]*[a-z_])/)
            #expect(!named.isEmpty, "\(name.name)")
            for match in named where match.output.0 != "management.request" {
                let api = API(rawValue: String(match.output.1))
                #expect(
                    api.flatMap { Catalog.shared.operation(String(match.output.2), in: $0) } != nil,
                    "\(name.name): \(match.output.0)")
            }
        }
    }

    @Test func givesEveryPathParameterAndABodyOnlyToOperationsThatTakeOne() {
        for name in Self.all where name.instead == nil {
            let place: Comment = "\(name.generation) \(name.name)"
            let operations = [name.operation].compactMap { $0 } + name.cases.compactMap(\.operation)
            for operation in operations {
                #expect(operation.pathParameters.count == name.parameters.count, place)
                let hasData = name.arguments.contains { $0.hasPrefix("data") } || name.bodyKey != nil
                if hasData || !name.bodyKeys.isEmpty { #expect(operation.body != nil, place) }
                // A required body always has a place among the arguments.
                if operation.body?.isRequired ?? false { #expect(hasData, place) }
                let bodyFields = Set(operation.body?.fields.map(\.name) ?? [])
                for field in Array(name.renames.values) + Array(name.sets.keys) + name.bodyKeys {
                    #expect(bodyFields.contains(field), "\(place): \(field)")
                }
            }
            let known = ["params", "params?", "data", "data?", "options?", "overrides?"]
            #expect(name.arguments.allSatisfy { known.contains($0) }, place)
        }
    }

    @Test func oneNameMayMeanAnotherOperationInEachGeneration() throws {
        let names = Self.catalog.names(written: "guardian.getPhoneFactorSelectedProvider")
        #expect(names.map(\.generation) == [.v2, .v4])
        #expect(
            names.map(\.operation?.path) == [
                "/guardian/factors/sms/selected-provider", "/guardian/factors/phone/selected-provider",
            ])
        let update = try #require(Self.catalog.name("networkAcls.update", .v4, .management)?.operation)
        #expect(update.verb == .put)
    }

    @Test(arguments: [
        ("management.users.getAll", [Generation.v2, .v4]), ("getUsers()", [.v2]),
        ("auth.oauth.passwordGrant", [.v2, .v4]),
        ("UserInfoClient.getUserInfo", [.v4]), ("auth.getProfile", [.v2]), ("management.oauth.passwordGrant", []),
        ("users.list", []),
    ]) func findsNamesAsScriptsHaveThem(written: String, generations: [Generation]) {
        #expect(Self.catalog.names(written: written).map(\.generation) == generations)
    }

    @Test func suggestsTheNearestNames() {
        #expect(Self.catalog.suggestions(for: "getUserss").first == "getUsers")
        #expect(Self.catalog.suggestions(for: "management.users.getall").first == "users.getAll")
        #expect(Self.catalog.suggestions(for: "somethingElseEntirely").isEmpty)
    }

    @Test(arguments: [
        ("updateRule", Generation.v2, "updateRule({ id }, data, callback?)"),
        ("getUsersByEmail", .v2, "getUsersByEmail(email, params?, callback?)"),
        ("linkUsers", .v2, "linkUsers(id, data, callback?)"),
        ("getGuardianFactorProvider", .v2, "getGuardianFactorProvider({ name, provider }, callback?)"),
        ("updateCustomTextByLanguage", .v2, "updateCustomTextByLanguage({ prompt, language, body }, callback?)"),
        ("clients.update", .v4, "clients.update({ client_id }, data?, initOverrides?)"),
    ]) func writesHowANameWasCalled(name: String, generation: Generation, signature: String) {
        #expect(Self.catalog.name(name, generation, .management)?.signature == signature)
    }

    /// What is taken for encoded gives the bytes that it had; everything else is encoded whole.
    @Test(arguments: [
        ("auth0%7C123", "auth0|123"), ("auth0|123", "auth0|123"), ("a%2Fb", "a/b"), ("%2E%2E", ".."), ("%", "%"),
        ("100%", "100%"), ("%7", "%7"), ("%zz", "%zz"), ("a b%7C", "a b%7C"), ("auth0|a%7Cb", "auth0|a%7Cb"),
        ("%FF", "%FF"), ("%C3%A9", "é"), ("é%7C", "é%7C"), ("", ""), ("%257C", "%7C"),
    ]) func takesAPathValueForEncodedOnlyIfItIs(given: String, meant: String) {
        #expect(PercentEncoding.beforeLegacyEncoding(given) == meant)
    }
}
