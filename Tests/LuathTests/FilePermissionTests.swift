// Files: what a path leads to decides, whatever the path looks like and whatever happens to it meanwhile.

import Foundation
import LuaHost
import Testing

@testable import Luath

@Suite struct FilePermissionTests {
    /// A folder `in` that is allowed and a folder `out` that is not, with links between them.
    private func withFiles(
        _ body: (_ root: String, _ run: (String, (inout Permissions) -> Void) async throws -> [String]) async throws ->
            Void
    ) async throws {
        try await withFolder { folder in
            let files = FileManager.default
            let root = folder.resolvingSymlinksInPath().path
            for name in ["in/sub", "in/denied", "out/sub", "in2"] {
                try files.createDirectory(atPath: "\(root)/\(name)", withIntermediateDirectories: true)
            }
            for (path, text) in [
                ("in/file", "inside"), ("in/sub/file", "below"), ("in/denied/file", "denied"), ("out/file", "outside"),
                ("out/sub/file", "outside"), ("in2/file", "beside"),
            ] {
                try text.write(toFile: "\(root)/\(path)", atomically: false, encoding: .utf8)
            }
            for (link, target) in [
                ("in/to_out", "../out"), ("in/to_file", "../out/file"), ("in/to_self", "file"),
                ("in/dangling", "../out/new"),
                ("in/to_proc", "/proc/self"), ("in/circle", "circle"), ("to_in", "in"),
                ("in/to_nowhere", "/nonexistent/x"),
            ] {
                try files.createSymbolicLink(atPath: "\(root)/\(link)", withDestinationPath: target)
            }
            try await body(root) { code, change in
                try await execute(code.replacing("ROOT", with: root), change)
            }
        }
    }

    private func execute(_ code: String, _ change: (inout Permissions) -> Void) async throws -> [String] {
        try await run(
            "local fs = require 'fs'\n" + code, ScriptedTransport { _, _ in .json("{}") },
            { host in change(&host.permissions) })
    }

    @Test func onlyWhatIsInsideIsRead() async throws {
        try await withFiles { root, run in
            for (path, result) in [
                ("in/file", "inside"), ("in/sub/../file", "inside"), ("in//file", "inside"), ("in/./file", "inside"),
                ("in/to_self", "inside"), ("to_in/file", "inside"), ("in/to_out/../in/file", "inside"),
                ("out/file", "PermissionError"), ("in/../out/file", "PermissionError"),
                ("in/to_out/file", "PermissionError"),
                ("in/to_out/sub/../file", "PermissionError"), ("in/to_file", "PermissionError"),
                ("in2/file", "PermissionError"),
                ("in/missing/../../out/file", "FileError"), ("in/missing/../file", "FileError"),
                ("in/missing", "FileError"),
                ("out/missing", "PermissionError"), ("in/../missing", "PermissionError"), ("in", "FileError"),
                ("in/file/", "FileError"), ("in/file/x", "FileError"), ("in/dangling", "FileError"),
                ("in/circle", "FileError"),
                ("in/to_nowhere", "FileError"), ("in/to_proc/environ", "PermissionError"),
                ("IN/file", "PermissionError"),
            ] {
                let lines = try await run(
                    "local ok, e = pcall(fs.read, 'ROOT/\(path)') print(ok and e or e.name)"
                ) { $0.readablePaths = ["\(root)/in/"] }
                #expect(lines == [result], "\(path)")
            }
        }
    }

    @Test func refusalsNameTheOptionAndThePath() async throws {
        try await withFiles { root, run in
            for (call, change, message) in [
                (
                    "read('ROOT/out/file')", { (_: inout Permissions) in },
                    "reading 'ROOT/out/file' is not allowed in this run (allow it with --allow-read=ROOT/out/file)"
                ),
                ("exists('ROOT/out/file')", { _ in }, "--allow-read=ROOT/out/file)"),
                ("lines('x')", { _ in }, "--allow-read=x)"),
                (
                    "write('ROOT/in/file', '')", { $0.readablePaths = ["/"] },
                    "writing 'ROOT/in/file' is not allowed in this run (allow it with --allow-write=ROOT/in/file)"
                ),
                (
                    "read('ROOT/in/denied/file')",
                    {
                        $0.readablePaths = ["\(root)/in"]; $0.unreadablePaths = ["\(root)/in/denied"]
                    }, "--deny-read covers it"
                ),
                (
                    "read('ROOT/in/denied/file')",
                    {
                        $0.readablePaths = ["\(root)/in/denied/file"]; $0.unreadablePaths = ["\(root)/to_in/denied/"]
                    }, "--deny-read covers it"
                ),
                (
                    "exists('ROOT/in/denied/missing')",
                    {
                        $0.readablePaths = ["\(root)/in"]; $0.unreadablePaths = ["\(root)/in/denied"]
                    }, "--deny-read covers it"
                ),
                (
                    "write('ROOT/in/denied/file', '')",
                    {
                        $0.writablePaths = ["\(root)"]; $0.unwritablePaths = ["\(root)/in/denied"]
                    }, "--deny-write covers it"
                ),
                ("read('/proc/self/environ')", { $0.readablePaths = ["/", "/proc"] }, "never allowed"),
                ("read('/proc/self/../1/environ')", { $0.readablePaths = ["/proc"] }, "never allowed"),
                ("read('/dev/null')", { $0.readablePaths = ["/dev"] }, "never allowed"),
                ("exists('/sys')", { $0.readablePaths = ["/"] }, "never allowed"),
                ("exists('/proc/missing')", { $0.readablePaths = ["/"] }, "never allowed"),
                ("read('ROOT/in/to_proc/environ')", { $0.readablePaths = ["/"] }, "never allowed"),
                ("write('/dev/null', 'x')", { $0.writablePaths = ["/"] }, "never allowed"),
                ("read('x')", { $0.readablePaths = [""] }, "--allow-read=x)"),
            ] as [(String, (inout Permissions) -> Void, String)] {
                let lines = try await run(
                    "local ok, e = pcall(function() return fs.\(call) end) print(ok, e.kind, e)", change)
                #expect(lines.first?.hasPrefix("false\tpermission\t") == true, "\(call): \(lines)")
                #expect(lines.first?.contains(message.replacing("ROOT", with: root)) == true, "\(call): \(lines)")
            }
        }
    }

    @Test(arguments: [
        ("''", "is empty"), ("'a\\0b'", "zero byte"), ("'\\xff'", "not valid UTF-8"), ("nil", "got nil"),
        ("{}", "got table"),
        ("('x'):rep(5000)", "more than 4096 bytes"),
    ]) func whatIsNoPathIsAnArgumentError(path: String, message: String) async throws {
        for function in ["read", "write", "exists", "lines"] {
            let lines = try await execute("local ok, e = pcall(fs.\(function), \(path), '') print(e.kind, e)") {
                $0.readablePaths = ["/"]
            }
            #expect(lines.first?.hasPrefix("argument\t") == true && lines.first?.contains(message) == true, "\(lines)")
        }
    }

    /// Swift's texts take these for equal; the file system does not.
    @Test func namesAreComparedByteByByte() async throws {
        try await withFolder { folder in
            let root = folder.resolvingSymlinksInPath().path, composed = "\u{E9}", decomposed = "e\u{301}"
            for name in [composed, decomposed] {
                // Foundation would compose the name.
                #expect(mkdir("\(root)/\(name)", 0o700) == 0)
                let file = fopen("\(root)/\(name)/file", "w")
                fputs("text", file)
                fclose(file)
            }
            let lines = try await execute(
                "for _, name in ipairs { '\(composed)', '\(decomposed)' } do print((pcall(fs.read, '\(root)/' .. name .. '/file'))) end"
            ) { $0.readablePaths = ["\(root)/\(composed)"] }
            #expect(lines == ["true", "false"])
        }
    }

    @Test func anAllowedPathMayBeALinkOrNotBeThereYet() async throws {
        try await withFiles { root, run in
            let linked = try await run("print(fs.read('ROOT/in/file'), fs.read('ROOT/to_in/file'))") {
                $0.readablePaths = ["\(root)/to_in"]
            }
            #expect(linked == ["inside\tinside"])
            let new = try await run(
                "fs.write('ROOT/in/new', 'x') print(fs.exists 'ROOT/in/new', pcall(fs.write, 'ROOT/in/new2', ''))"
            ) {
                $0.writablePaths = ["\(root)/in/new"]
                $0.readablePaths = ["\(root)/in/new"]
            }
            #expect(new.first?.hasPrefix("true\tfalse\t") == true)
            // What is not there yet is not what a link of that name leads to later.
            try FileManager.default.removeItem(atPath: "\(root)/in/new")
            var permissions = Permissions()
            permissions.readablePaths = ["\(root)/in/new"]
            let access = FileAccess(permissions)
            try FileManager.default.createSymbolicLink(atPath: "\(root)/in/new", withDestinationPath: "../out/file")
            let error = #expect(throws: LuaError.self) { try access.read("\(root)/in/new") }
            #expect(error?.kind == "permission")
        }
    }

    /// Between the check and the use somebody else puts a link in the place of a name.
    @Test func whatBecomesALinkAfterTheCheckIsNotFollowed() async throws {
        try await withFiles { root, _ in
            for (path, name, target) in [
                ("in/file", "in/file", "../out/file"), ("in/sub/file", "in/sub", "../out/sub"),
            ] {
                let checked = try #require(RealPath("\(root)/\(path)"))
                try FileManager.default.moveItem(atPath: "\(root)/\(name)", toPath: "\(root)/\(name).old")
                try FileManager.default.createSymbolicLink(atPath: "\(root)/\(name)", withDestinationPath: target)
                #expect(try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8) == "outside")
                let error = #expect(throws: SystemFailure.self) { try OpenFile.open(checked, O_RDONLY) }
                #expect([ELOOP, ENOTDIR].contains(error?.code))
            }
        }
    }

    @Test func existsTellsOfWhatIsThere() async throws {
        try await withFiles { root, run in
            for (path, isThere) in [
                ("in", true), ("in/", true), ("in/file", true), ("in/file/", false), ("in/sub/", true),
                ("in/missing", false), ("in/dangling", false),
                ("in/to_self", true), ("in/missing/..", false), ("in/file/..", false),
            ] {
                let lines = try await run("print(fs.exists 'ROOT/\(path)')") { $0.readablePaths = ["\(root)/in"] }
                #expect(lines == ["\(isThere)"], "\(path)")
            }
        }
    }

    @Test func writingReplacesAFileAtOnceAndKeepsItsMode() async throws {
        try await withFiles { root, run in
            let files = FileManager.default
            try files.setAttributes([.posixPermissions: 0o640], ofItemAtPath: "\(root)/in/file")
            try files.linkItem(atPath: "\(root)/in/file", toPath: "\(root)/out/same")
            let lines = try await run(
                """
                fs.write('ROOT/in/file', 'new\\0text') fs.write('ROOT/in/to_self', ('x'):rep(3000000)) fs.write('ROOT/in/empty', '')
                for _, path in ipairs { 'in/to_file', 'in/to_out/new', 'in/../new', 'to_out/new' } do print((select(2, pcall(fs.write, 'ROOT/' .. path, 'x'))).kind) end
                for _, path in ipairs { 'in/dangling', 'in/sub', 'in/new/', 'in/missing/new', 'in/file/x', 'in' } do
                  print((select(2, pcall(fs.write, 'ROOT/' .. path, 'x'))).name)
                end
                """
            ) { $0.writablePaths = ["\(root)/in"] }
            #expect(lines == Array(repeating: "permission", count: 4) + Array(repeating: "FileError", count: 6))
            #expect(try files.attributesOfItem(atPath: "\(root)/in/file")[.posixPermissions] as? Int == 0o640)
            #expect(try String(contentsOfFile: "\(root)/in/file", encoding: .utf8).count == 3_000_000)
            // Another name of the old file has the old content.
            #expect(try String(contentsOfFile: "\(root)/out/same", encoding: .utf8) == "inside")
            #expect(try String(contentsOfFile: "\(root)/out/file", encoding: .utf8) == "outside")
            #expect(!files.fileExists(atPath: "\(root)/out/new") && !files.fileExists(atPath: "\(root)/new"))
            #expect(try files.contentsOfDirectory(atPath: "\(root)/in").allSatisfy { !$0.hasPrefix(".luath") })
        }
    }

    @Test func whatIsNoPlainFileIsNotRead() async throws {
        try await withFiles { root, run in
            #expect(mkfifo("\(root)/in/pipe", 0o600) == 0)
            let lines = try await run(
                "for _, f in ipairs { fs.read, fs.lines } do print(select(2, pcall(f, 'ROOT/in/pipe'))) end print(select(2, pcall(fs.write, 'ROOT/in/pipe', 'x')))"
            ) {
                $0.readablePaths = ["\(root)/in"]; $0.writablePaths = ["\(root)/in"]
            }
            #expect(lines.count == 3 && lines.allSatisfy { $0.contains("it is not a plain file") }, "\(lines)")
        }
    }

    @Test(arguments: [
        ("", "0"), ("\\n", "1"), ("a", "1a"), ("a\\n", "1a"), ("a\\nb", "2ab"), ("a\\r\\nb\\r\\n", "2ab"),
        ("\\n\\na", "3a"), ("a\\rb", "1a\\rb"),
        ("\\r\\n", "1"),
    ]) func linesAreWithoutTheirEnds(text: String, result: String) async throws {
        try await withFiles { root, run in
            let lines = try await run(
                "fs.write('ROOT/in/x', '\(text)') local n, all = 0, '' for l in fs.lines 'ROOT/in/x' do n = n + 1 all = all .. l end print(n .. all == '\(result)')"
            ) {
                $0.readablePaths = ["\(root)/in"]; $0.writablePaths = ["\(root)/in"]
            }
            #expect(lines == ["true"])
        }
    }

    @Test func manyLongLinesAreReadAsTheLoopGoesOnAndLeavingItClosesTheFile() async throws {
        try await withFiles { root, run in
            let lines = try await run(
                """
                local parts = {}
                for i = 1, 2000 do parts[i] = ("%d"):rep(i % 300 + 1):format(table.unpack((function() local t = {} for k = 1, i % 300 + 1 do t[k] = i end return t end)())) end
                fs.write('ROOT/in/x', table.concat(parts, '\\n'))
                local n = 0
                for line in fs.lines 'ROOT/in/x' do n = n + 1 assert(line == parts[n], n) end
                print(n)
                for i = 1, 1000 do for line in fs.lines 'ROOT/in/x' do break end end
                local kept = {}
                print(pcall(function() for i = 1, 100 do kept[i] = fs.lines 'ROOT/in/x' end end))
                print(kept[1]() == parts[1])
                """
            ) {
                $0.readablePaths = ["\(root)/in"]; $0.writablePaths = ["\(root)/in"]
            }
            #expect(lines.first == "2000" && lines.last == "true", "\(lines)")
            #expect(lines.count == 3 && lines[1].contains("LimitError: more than 64 files are open"), "\(lines)")
        }
    }

    @Test func anUploadedFileIsTheOneThatWasPermitted() async throws {
        try await withFiles { root, run in
            let lines = try await run(
                """
                local create = require("auth0").management.jobs.users_imports.create
                for _, path in ipairs { 'in/to_out/file', 'in/to_file', 'in/missing', 'in' } do
                  print((select(2, pcall(create, { users = 'ROOT/' .. path, connection_id = 'c' }))).name)
                end
                """
            ) { $0.readablePaths = ["\(root)/in"] }
            #expect(lines == ["PermissionError", "PermissionError", "FileError", "FileError"])
        }
    }
}
