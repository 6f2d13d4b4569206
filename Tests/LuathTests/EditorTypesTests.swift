// What `luath types` gives an editor: every name of the catalog and of the modules, and nothing that it cannot read.

import Auth0API
import Foundation
import Testing

@Suite struct EditorTypesTests {
    /// The files that the command writes, by their path in the folder.
    static let written = Task {
        try await withFolder { folder in
            let result = try await Command.luath("types", "--directory", folder.path)
            #expect(result.status == 0 && result.output.isEmpty, "\(result.errors)")
            var files: [String: String] = [:]
            for case let path as String in try #require(FileManager.default.enumerator(atPath: folder.path))
            where path.hasSuffix(".lua") {
                files[path] = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            }
            return files
        }
    }
    static let read = Task {
        LuaCATS(try await written.value.sorted { $0.key < $1.key }.map(\.value).joined(separator: "\n\n"))
    }
    static func files() async throws -> [String: String] { try await written.value }
    static func types() async throws -> LuaCATS { try await read.value }

    @Test func everyLineIsUnderstoodAndEveryNameIsDefinedOnce() async throws {
        let types = try await Self.types()
        #expect(types.problems == [])
        #expect(types.undefined == [])
        #expect(types.definedTwice == [])
        #expect(types.referenced.count > 1000)
        let printed = LuaCATS(try await Command.luath("types").output)
        #expect(printed.problems == [] && printed.undefined == [])
        #expect(printed.classes.keys.sorted() == types.classes.keys.sorted())
    }

    @Test func everyFileIsLua() async throws {
        let code = """
            local fs = require "fs"
            for i = 1, #arg do assert(load(fs.read(arg[i]), "@" .. arg[i])) end
            print(#arg)
            """
        try await withFolder { folder in
            let written = try await Command.luath("types", "--directory", folder.path)
            #expect(written.status == 0)
            let whole = folder.appending(path: "whole.lua")
            try await Command.luath("types").output.write(to: whole, atomically: true, encoding: .utf8)
            let paths = try #require(FileManager.default.enumerator(atPath: folder.path))
                .compactMap { $0 as? String }.filter { $0.hasSuffix(".lua") }.map { "\(folder.path)/\($0)" }
            let result = try await Command.luath(["run", "--allow-read", folder.path, "-e", code] + paths)
            #expect(result.lines == ["\(paths.count)"], "\(result.errors)")
            #expect(paths.count > 10)
        }
    }

    /// lua-language-server leaves larger ones out.
    @Test func noFileIsTooLargeForAnEditor() async throws {
        for (path, text) in try await Self.files() { #expect(text.utf8.count < 500_000, "\(path)") }
    }

    @Test(arguments: API.allCases) func everyOperationIsAFunctionWithItsArguments(api: API) async throws {
        let functions = try await Self.types().functions(of: "auth0").filter { $0.key.hasPrefix("\(api.rawValue).") }
        let expected = Catalog.shared.operations(in: api).map { operation in
            let arguments = operation.signature.drop { $0 != "(" }.dropFirst().dropLast().filter { $0 != "?" }
            return "\(api.rawValue).\(operation.name)(\(arguments))"
        }
        #expect(Set(expected).subtracting(functions.map { "\($0.key)(\($0.value.arguments))" }) == [])
        #expect(expected.isEmpty == false)
    }

    @Test func everyShapeIsAClassOrAnAlias() async throws {
        let types = try await Self.types()
        let odd: (Character) -> Bool = { !$0.isLetter && !$0.isNumber && $0 != "." }
        for name in Catalog.shared.shapeNames {
            let name = "auth0." + name.map { odd($0) ? "_" : String($0) }.joined()
            #expect(types.classes[name] != nil || types.aliases[name] != nil, "\(name)")
        }
    }

    @Test func requestsNameTheirFieldsWithTypes() async throws {
        let types = try await Self.types()
        for operation in Catalog.shared.operations(in: .management) where !operation.requestNames.isEmpty {
            let request = try #require(types.classes["auth0.request.\(operation.name)"], "\(operation.name)")
            #expect(Set(request.fields.keys).subtracting(["[string]"]) == Set(operation.requestNames))
        }
        let request = try #require(types.classes["auth0.request.clients.create"])
        #expect(request.fields["name"] == "string")
        #expect(request.fields["callbacks"] == "string[]")
        #expect(request.fields["client_metadata"]?.hasPrefix("table<string, ") == true)
        #expect(request.fields["app_type"]?.contains(#""native"|"#) == true)
        #expect(types.aliases["auth0.request.hooks.secrets.delete"] == "string[]")
        #expect(types.aliases["auth0.request.hooks.secrets.create"] == "table<string, string>")
    }

    @Test func aPageIsAnIteratorOverItsItems() async throws {
        let types = try await Self.types()
        let page = try #require(types.classes["auth0.page.Client"])
        #expect(page.calls == ["fun(): auth0.Client?"])
        #expect(page.fields["data"] == "auth0.Client[]")
        #expect(page.parents == ["auth0.Page"])
        let functions = types.functions(of: "auth0")
        for operation in Catalog.shared.operations(in: .management) {
            let results = try #require(functions["management.\(operation.name)"]?.results, "\(operation.name)")
            #expect(results.last == "auth0.Response")
            #expect(results.first?.hasPrefix("auth0.page.") == (operation.paging != nil), "\(operation.name)")
        }
    }

    @Test func namesThatLuaOrTheAnnotationsTakeAreInBrackets() async throws {
        let text = try await Command.luath("types").output
        #expect(text.contains(#"---@field ["x5t#S256"] string|nil"#))
        #expect(text.contains(#"---@field ["in"] "#))
        #expect(text.contains(#"---@field ["true"] "#))
    }

    @Test(arguments: ["auth0", "env", "fs", "json", "log", "tasks"])
    func aModuleHasTheFunctionsOfItsTypes(module: String) async throws {
        let code = """
            for name, value in pairs(require("\(module)")) do
              if type(value) == "function" then print(name) end
            end
            """
        let real = try await Command.luath("run", "-e", code).lines
        let typed = try await Self.types().classes[module]?.functions.keys.sorted()
        #expect(real.sorted() == typed)
    }

    @Test(arguments: ["ManagementClient", "AuthenticationClient", "UserInfoClient"])
    func aClientHasTheOptionsOfItsTypes(client: String) async throws {
        let code = """
            local ok, problem = pcall(require("auth0").\(client), { zzzzzzzzzzzzzzz = 1 })
            print(problem.hint)
            """
        try await expectOptions(code, ofClass: "auth0.\(client)Options")
    }

    @Test func aCallHasTheOptionsOfItsType() async throws {
        let code = """
            local ok, problem = pcall(
              require("auth0").authentication.oauth.device_code_grant, { device_code = "x" }, { zzzzzzzzzzzzzzz = 1 })
            print(problem.hint)
            """
        try await expectOptions(code, ofClass: "auth0.CallOptions")
    }

    private func expectOptions(_ code: String, ofClass name: String) async throws {
        let line = try #require(try await Command.luath("run", "-e", code).lines.first)
        let types = try await Self.types()
        func fields(of name: String) -> Set<String> {
            guard let own = types.classes[name] else { return [] }
            return own.parents.reduce(Set(own.fields.keys)) { $0.union(fields(of: $1)) }
        }
        #expect(
            Set(line.replacing("options are ", with: "").split(separator: ", ").map(String.init))
                == fields(of: name))
    }

    @Test func everyNameOfAnErrorIsThere() async throws {
        let names = try #require(try await Self.types().aliases["auth0.ErrorName"])
        var raised: Set<String> = []
        for target in ["Auth0API", "Auth0Client", "Luath"] {
            let folder = Command.root.appending(path: "Sources/\(target)").path
            for case let path as String in try #require(FileManager.default.enumerator(atPath: folder))
            where path.hasSuffix(".swift") {
                let text = try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
                raised.formUnion(text.matches(of: /"([A-Z][A-Za-z]+Error)"/).map { String($0.1) })
            }
        }
        #expect(raised.count > 15)
        for name in raised.sorted() { #expect(names.contains("\"\(name)\""), "\(name)") }
    }

    @Test func everyWrittenFileIsEmbedded() async throws {
        let written = try FileManager.default.subpathsOfDirectory(
            atPath: Command.root.appending(path: "Sources/CCatalog/types").path
        ).filter { $0.hasSuffix(".lua") }
        let files = try await Self.files()
        for path in written { #expect(files[path] != nil, "\(path) is not in types.c") }
        #expect(written.contains("auth0.lua"))
    }

    @Test func replacesItsOwnFilesAndNoOthers() async throws {
        try await withFolder { folder in
            let own = folder.appending(path: "auth0/shapes-1.lua"), others = folder.appending(path: "fs.lua")
            #expect(try await Command.luath("types", "--directory", folder.path).status == 0)
            let text = try String(contentsOf: own, encoding: .utf8)
            try (text + "-- old\n").write(to: own, atomically: true, encoding: .utf8)
            try text.write(
                to: folder.appending(path: "auth0/shapes-99.lua"), atomically: true, encoding: .utf8)
            #expect(try await Command.luath("types", "--directory", folder.path).status == 0)
            #expect(try String(contentsOf: own, encoding: .utf8) == text)
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/auth0/shapes-99.lua"))

            try "return {}\n".write(to: others, atomically: true, encoding: .utf8)
            try FileManager.default.removeItem(at: own)
            let refused = try await Command.luath("types", "--directory", folder.path)
            #expect(refused.status == 1)
            #expect(refused.errors.contains("fs.lua"))
            #expect(try String(contentsOf: others, encoding: .utf8) == "return {}\n")
            #expect(!FileManager.default.fileExists(atPath: own.path))
        }
    }
}
