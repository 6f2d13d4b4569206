// JSON keeps its values on the way through Lua and back.

import LuaHost
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        #"{"a":[],"b":{},"c":null,"d":9007199254740993,"e":-9223372036854775808,"f":1.5,"g":"\u0000é😀\"\\\n","h":[[],[1]],"i":true}"#,
        "[]", "{}", "null", "true", "\"x\"", "[null,null]", "1e+300", "0.1",
    ]) func survivesARoundTrip(text: String) async throws {
        let lines = try await run(
            "local v = host.parse([==[\(text)]==]) local once = require('json').encode(v) print(once == require('json').encode(require('json').decode(once)), once)"
        )
        let expected = text.replacing("\\u0000", with: "\\u0000")
        #expect(lines == ["true\t\(expected)"])
    }

    @Test(arguments: [
        ("{1, nil, 3}", "hole"), ("{1, a = 2}", "mixes"), ("{x = {y = 0/0}}", "field 'x.y': JSON has no NaN"),
        ("{x = 1/0}", "field 'x'"),
        ("{a = {print}}", "field 'a[1]': a function"), ("{[1.5] = 1}", "no list position"),
        ("{a = '\\xff'}", "field 'a': the string is not valid UTF-8"),
        ("(function() local t = {} t.t = t return t end)()", "nested deeper"),
        ("(function() local t, s = {}, ('x'):rep(1 << 20) for i = 1, 65 do t[i] = s end return t end)()", "64 MiB"),
    ]) func refusesWhatJSONCannotSay(value: String, reason: String) async throws {
        let lines = try await run("print(pcall(require('json').encode, \(value)))")
        #expect(lines.first?.contains(reason) == true, "\(lines)")
    }

    @Test(arguments: [
        ("[18446744073709551615]", "64-bit"), ("[123456789012345678901234567890]", "64 bits"), (#"{"a":"#, "JSON"),
        ("", "empty"), ("<html>", "JSON"),
        (String(repeating: "[", count: 2000) + String(repeating: "]", count: 2000), "1,024"),
    ]) func saysWhyAnAnswerCannotBeRead(text: String, reason: String) async throws {
        let lines = try await run("local ok, e = pcall(host.parse, [==[\(text)]==]) print(ok, e.message or e)")
        #expect(lines.first?.hasPrefix("false") == true && lines.first?.contains(reason) == true, "\(lines)")
    }

    @Test func numbersAreWrittenAsTheyAre() async throws {
        #expect(
            try await run("print(require('json').encode({ 1.0, 2^53, 2^53 + 2, 1e15 + 0.5, 3, -0.0, 0.1 }))")
                == ["[1,9007199254740992,9007199254740994.0,1000000000000000.5,3,0,0.1]"].map {
                    $0.replacing("9007199254740994.0", with: "9007199254740994")
                })
    }

    @Test func emptyTablesAreObjectsUnlessMarked() async throws {
        #expect(
            try await run(
                "local json = require('json') print(json.encode({ a = {}, b = json.array{}, c = json.object{} }), json.null, json.encode({1, 2}, { indent = 2 }))"
            )
                == [#"{"a":{},"b":[],"c":{}}"# + "\tnull\t[", "  1,", "  2", "]"])
    }
}
