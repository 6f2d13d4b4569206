// Lints the catalog's data: every line of it is decoded and held to the rules that the program relies on.

import Testing

@testable import Auth0API

@Suite struct CatalogDataTests {
    static let catalog = Catalog()
    static let all = API.allCases.flatMap { catalog.operations(in: $0) }
    var catalog: Catalog { Self.catalog }

    @Test func countsAsTheFactsDo() {
        let management = catalog.operations(in: .management)
        #expect(management.filter(\.isInSDK).count == 428)
        #expect(management.filter { !$0.isInSDK }.count == 43)
        let authentication = catalog.operations(in: .authentication)
        #expect(authentication.filter(\.isInSDK).count == 17)
        #expect(authentication.filter { !$0.isInSDK }.count == 33)
        #expect(catalog.names(in: .userinfo) == ["get_user_info"])
        #expect(management.filter(\.takesCustomDomain).count == 9)
        #expect(management.filter { $0.paging?.kind == .offset }.count == 33)
        #expect(management.filter { $0.paging?.kind == .checkpoint }.count == 37)
        #expect(management.filter(\.isEventStream).map(\.name) == ["events.subscribe"])
        #expect(management.filter { $0.body?.encoding == .multipart }.map(\.name) == ["jobs.users_imports.create"])
    }

    @Test(arguments: API.allCases)
    func sortsNamesBytewiseAndNamesNothingTwice(_ api: API) {
        for names in [catalog.names(in: api), catalog.shapeNames, catalog.overlayNames] {
            #expect(zip(names, names.dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        }
    }

    @Test(arguments: API.allCases)
    func namesNoOperationLikeAGroupOfOthers(_ api: API) {
        for name in catalog.names(in: api) { #expect(!catalog.hasOperations(under: name, in: api), "\(name)") }
    }

    @Test func writesNamesInSnakeCase() {
        for operation in Self.all {
            #expect(operation.name.wholeMatch(of: /[a-z0-9]+(_[a-z0-9]+)*(\.[a-z0-9]+(_[a-z0-9]+)*)*/) != nil)
        }
    }

    @Test func namesEveryPathParameterInThePathAndBack() {
        for operation in Self.all {
            let inPath = operation.path.matches(of: /\{([^}]+)\}/).map { String($0.output.1) }
            #expect(Set(inPath) == Set(operation.pathParameters.map(\.name)), "\(operation.name)")
            #expect(inPath.count == operation.pathParameters.count, "\(operation.name)")
            #expect(operation.path.hasPrefix("/"))
        }
    }

    @Test func refersOnlyToShapesThatExist() {
        for operation in Self.all {
            if let response = operation.response { check([response], operation.name) }
            if let body = operation.body { check(types(body), operation.name) }
            for field in operation.query + operation.pathParameters + (operation.body?.fields ?? []) {
                check(types(field), "\(operation.name).\(field.name)")
            }
        }
        for name in catalog.shapeNames {
            guard let shape = catalog.shape(name) else {
                Issue.record("\(name) is listed and not found")
                continue
            }
            #expect(shape.fields.isEmpty || shape.anyOf.isEmpty, "\(name) is an object and a choice")
            check(shape.anyOf + (shape.additional.map { [$0] } ?? []), name)
            for field in shape.fields { check(types(field), "\(name).\(field.name)") }
        }
    }

    @Test func saysInTypesWhatTheTypeNeeds() {
        for operation in Self.all {
            for field in operation.query + (operation.body?.fields ?? []) {
                switch field.type {
                case .array, .map: #expect(field.items != nil, "\(operation.name).\(field.name)")
                case .object: #expect(field.ref != nil || operation.api == .authentication)
                default: break
                }
            }
        }
    }

    @Test func listsHaveAKeyThatTheAnswerHas() throws {
        for operation in Self.all {
            guard let paging = operation.paging else { continue }
            #expect(!paging.listKey.isEmpty)
            #expect(paging.maxPageSize > 0)
            #expect((paging.cap == nil) == (paging.capHint == nil), "\(operation.name)")
            let shape = try #require(operation.response.flatMap { catalog.shape($0) }, "\(operation.name)")
            #expect(shape.fields.contains { $0.name == paging.listKey && $0.type == .array }, "\(operation.name)")
            let keys = Set(operation.query.map(\.name))
            #expect(keys.contains(paging.kind == .offset ? "page" : "from"), "\(operation.name)")
        }
    }

    @Test func overlaysOnlyOperationsThatExist() {
        for name in catalog.overlayNames {
            let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
            let api = API(rawValue: parts[0])
            #expect(api.flatMap { catalog.operation(parts[1], in: $0) } != nil, "\(name)")
        }
    }

    @Test func statesTheEffectOfEveryAuthenticationOperation() {
        let stated = Set(catalog.overlayNames)
        for api in [API.authentication, .userinfo] {
            for name in catalog.names(in: api) { #expect(stated.contains("\(api.rawValue)/\(name)")) }
        }
        for operation in Self.all where operation.api == .management {
            #expect(operation.effect != .token, "\(operation.name)")
            if operation.verb == .get { #expect(operation.effect == .read, "\(operation.name)") }
        }
    }

    @Test func writesScopesAsVerbAndThing() {
        for operation in Self.all {
            for scope in operation.scopes {
                #expect(scope.wholeMatch(of: /[a-z]+:[a-z0-9_]+/) != nil, "\(operation.name): \(scope)")
            }
            if operation.api == .management { #expect(Set(operation.scopes).count == operation.scopes.count) }
        }
    }

    @Test func opensWhatTheFactsDoNotKnow() {
        let agents = catalog.operations(in: .management).filter { $0.path.hasPrefix("/agents") }
        #expect(
            agents.map(\.name) == ["agents.create", "agents.delete", "agents.get", "agents.list", "agents.update"])
        #expect(agents.map { $0.body?.isOpen ?? false } == [true, false, false, false, true])
        #expect(agents.map(\.hasOpenQuery) == [false, false, false, true, false])
        #expect(catalog.operation("organizations.clients.delete", in: .management)?.body?.isOpen == true)
        for operation in Self.all where operation.isInSDK && operation.api == .management {
            #expect(!operation.hasOpenQuery)
            #expect((operation.body?.isOpen ?? false) == (operation.name == "branding.phone.templates.reset"))
        }
    }

    @Test func saysOfGrantsWhatTheProtocolsSay() {
        for operation in catalog.operations(in: .authentication) {
            #expect(
                Set(operation.pollErrors).isSubset(of: ["authorization_pending", "slow_down"]), "\(operation.name)")
            #expect(operation.buildsURL == operation.name.hasSuffix("_url"))
            if let client = operation.clientAuthentication, !client.sendsCredentials {
                #expect(!client.isRequired, "\(operation.name)")
            }
            let names = Set(operation.requestNames)
            for field in operation.query { #expect(field.replacedBy.map(names.contains) ?? true) }
        }
        let confidential = catalog.operations(in: .authentication).filter {
            $0.clientAuthentication?.allowsPublicClients == false
        }
        #expect(
            confidential.map(\.name) == [
                "backchannel.authorize", "backchannel.backchannel_grant", "oauth.authorization_code_grant",
                "oauth.client_credentials_grant", "oauth.jwt_bearer_grant", "oauth.token_for_connection",
                "token_exchange.on_behalf_of",
            ])
    }

    @Test func sendsNoPresets() {
        for operation in Self.all where operation.api == .management {
            #expect(operation.body?.fixed.isEmpty ?? true)
            #expect(operation.body?.defaults.isEmpty ?? true)
        }
    }

    private func types(_ field: Field) -> [String] {
        [field.items, field.ref].compactMap { $0 } + (field.anyOf ?? [])
    }
    private func types(_ body: Body) -> [String] { [body.items, body.ref].compactMap { $0 } + (body.anyOf ?? []) }

    private func check(_ types: [String], _ place: String) {
        for type in types { check(TypeName(type), place) }
    }
    private func check(_ type: TypeName, _ place: String) {
        switch type {
        case .primitive: break
        case .shape(let name): #expect(catalog.shape(name) != nil, "\(place) refers to \(name)")
        case .array(let inner), .map(let inner): check(inner, place)
        case .union(let alternatives): for alternative in alternatives { check(alternative, place) }
        }
    }
}
