// Fuzzes JSON: texts whole and broken, values of scripts, and that what was written is read again.

import Foundation
import LuaHost
import Luath
import Testing

@Suite struct JSONFuzzTests {
    /// Gives for each text: whether it was read, and what it is when written again.
    private static let script = """
        local json = require "json"
        local results = {}
        for position, text in ipairs { ... } do
          local read, value = pcall(json.decode, text)
          if not read then
            assert(type(value) == "string" and value:find("json.decode: .+"), value)
            results[position] = false
          else
            local written, again = pcall(json.encode, value)
            if not written then
              assert(again:find("nested deeper than 200 levels", 1, true), again)
              results[position] = true
            else
              assert(json.encode(json.decode(again)) == again, again)
              assert(json.encode(json.decode(json.encode(value, { indent = 2 }))) == again, again)
              results[position] = again
            end
          end
        end
        return results
        """

    @Test func textsAreReadOrRefused() async throws {
        try await Fuzzing.run("textsAreReadOrRefused", seeds: 40) { seed in
            var random = FuzzRandom(seed: seed)
            let texts = (0..<20).map { _ in Array(random.json().utf8) }
            let broken = texts.map { random.broken($0) }
            let arguments = (texts + broken).map { LuaValue.bytes($0) }
            let results =
                try await ScriptHost().run(Script(Self.script, arguments: arguments)).values.first?.array ?? []
            var problems: [String] = []
            if results.count != arguments.count { problems.append("\(results.count) results") }
            for (position, result) in results.enumerated() {
                let text = position < texts.count ? texts[position] : broken[position - texts.count]
                let shown = String(decoding: text, as: UTF8.self)
                if position < texts.count, result == false { problems.append("was refused: \(shown)") }
                // Swift reads the same text in the same way, whichever way it takes.
                if (try? LuaJSON(text)) == nil, result != false {
                    problems.append("LuaJSON refuses what json.decode reads: \(shown)")
                }
                guard let again = result.string else { continue }
                do {
                    let mine = try JSONDecoder().decode(LuaValue.self, from: Data(again.utf8))
                    let theirs = try JSONDecoder().decode(LuaValue.self, from: Data(text))
                    if mine != theirs { problems.append("\(shown) became \(again)") }
                } catch  where position < texts.count {
                    problems.append("\(again): \(error)")
                } catch {}
            }
            return problems
        }
    }

    @Test func valuesAreWrittenOrRefused() async throws {
        try await Fuzzing.run("valuesAreWrittenOrRefused", seeds: 40) { seed in
            var random = FuzzRandom(seed: seed)
            let cases = (0..<20).map { _ in
                "try(function() return \(random.expression()) end, function() return \(random.chance(70) ? "nil" : random.expression()) end)"
            }
            let code = """
                local json, auth0 = require "json", require "auth0"
                local function a_page() return {} end
                local a_task, an_error, an_aborted = a_page, a_page, a_page
                local function try(value, options)
                  local made, value, options = pcall(function() return value(), options() end)
                  if not made then return end
                  local written, text = pcall(json.encode, value, options)
                  if not written then
                    assert(type(text) == "string" and text:find("json.encode", 1, true) or tostring(text):find("'encode'") or tostring(text):find("fuzz"), text)
                  else
                    assert(json.encode(json.decode(text), options) == text, text)
                  end
                end
                \(cases.joined(separator: "\n"))
                """
            try await ScriptHost().run(Script(code))
            return []
        }
    }
}

extension FuzzRandom {
    /// A JSON text that Lua can hold.
    fileprivate mutating func json(depth: Int = 5) -> String {
        let space = chance(20) ? pick([" ", "\n", "\t\r\n"]) : ""
        switch below(depth > 0 ? 8 : 5) {
        case 0: return space + pick(["null", "true", "false"])
        case 1: return "\(integer())" + space
        case 2: return pick(["0.5", "-0.0", "1e3", "1E-7", "123456789012345.5", "-1.5e+10", "0", "-0", "1e-400"])
        case 3: return Self.jsonText(text())
        case 4: return pick([#""\u0000\u00e9\ud83e\udd8a""#, #""\/\b\f\n\r\t\"\\""#, #""""#])
        case 5 where depth == 5 && chance(10):
            let levels = below(1000)
            return String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
                + (levels == 0 ? "1" : "")
        case 5, 6: return "[" + space + list(upTo: 5) { $0.json(depth: depth - 1) }.joined(separator: space + ",") + "]"
        default:
            var number = 0
            let fields = list(upTo: 5) {
                // Who wins among equal names is left open by JSON.
                number += 1
                return "\(Self.jsonText($0.text() + "\(number)"))\(space):\($0.json(depth: depth - 1))"
            }
            return "{" + fields.joined(separator: ",") + space + "}"
        }
    }

    private static func jsonText(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.value < 0x20: "\\u" + String(scalar.value + 0x10000, radix: 16).dropFirst()
            default: "\(scalar)"
            }
        }
        return "\"\(escaped.joined())\""
    }

    /// A text with something changed, left out or put in.
    fileprivate mutating func broken(_ text: [UInt8]) -> [UInt8] {
        var text = text
        for _ in 0...below(3) {
            let position = below(text.count)
            switch below(4) {
            case 0 where !text.isEmpty: text.remove(at: position)
            case 1 where !text.isEmpty: text[position] = UInt8(truncatingIfNeeded: next())
            case 2: text = Array(text.prefix(position))
            default:
                text.insert(
                    contentsOf: pick([
                        [0x22], [0x5C], [0xFF], [0xC0, 0x80], Array("1e999".utf8), Array(#"\ud800"#.utf8), [0],
                    ]), at: min(position, text.count))
            }
        }
        return text
    }
}
