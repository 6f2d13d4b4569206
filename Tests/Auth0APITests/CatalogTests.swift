// Looking things up in the catalog.

import Testing

@testable import Auth0API

@Suite struct CatalogTests {
    let catalog = Catalog()

    @Test func findsAnOperationByItsName() throws {
        let update = try #require(catalog.operation("clients.update", in: .management))
        #expect(update.verb == .patch)
        #expect(update.path == "/clients/{id}")
    }
}
