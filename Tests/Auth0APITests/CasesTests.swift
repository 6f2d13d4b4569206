// Holds the catalog to recorded calls, when the folder with the recordings is there (LUATH_CASES).

import Testing

@testable import Auth0API

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct CasesTests {
    private struct Case: Decodable {
        var operation: String
        var method: String
        var path: String
        var pathArguments: [String] = []
        var hasRequest = false

        enum CodingKeys: String, CodingKey { case operation, method, path, args }

        init(from decoder: any Decoder) throws {
            let line = try decoder.container(keyedBy: CodingKeys.self)
            operation = try line.decode(String.self, forKey: .operation)
            method = try line.decode(String.self, forKey: .method)
            path = try line.decode(String.self, forKey: .path)
            var arguments = try line.nestedUnkeyedContainer(forKey: .args)
            while !arguments.isAtEnd {
                if let text = try? arguments.decode(String.self) {
                    pathArguments.append(text)
                } else {
                    hasRequest = true
                    break
                }
            }
        }
    }

    @Test func sendsRecordedCallsWhereTheyWereSent() throws {
        guard let folder = ProcessInfo.processInfo.environment["LUATH_CASES"], !folder.isEmpty else {
            print("skipped: LUATH_CASES is not set")
            return
        }
        let data = try Data(contentsOf: URL(filePath: folder + "/management-cases.ndjson"))
        var checked = 0
        for line in data.split(separator: UInt8(ascii: "\n")) {
            let recorded = try JSONDecoder().decode(Case.self, from: line)
            let operation = try #require(
                Catalog.shared.operation(recorded.operation, in: .management), "\(recorded.operation)")
            #expect(operation.verb.rawValue == recorded.method, "\(recorded.operation)")
            // A body that is one string is the last argument of its call.
            let arguments = Array(recorded.pathArguments.prefix(operation.pathParameters.count))
            #expect(try operation.path(arguments: arguments) == recorded.path, "\(recorded.operation)")
            if recorded.hasRequest { #expect(operation.takesRequest, "\(recorded.operation)") }
            checked += 1
        }
        #expect(checked > 0)
    }
}
