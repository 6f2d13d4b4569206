// Lua values from Swift's literals and types, through a script, and back.

import Foundation
import LuaHost
import Testing

@Suite struct LuaValueTests {
    /// Gives values to a script as `...` and back.
    private func passed(_ values: LuaValue..., through code: String = "return ...") async throws -> [LuaValue] {
        let runtime = try LuaRuntime { _ in }
        return try await runtime.run(Array(code.utf8), chunkName: "=test", arguments: values).values
    }

    @Test(
        arguments: [
            nil, true, 1, -9_223_372_036_854_775_808, 1.5, "", "é\u{0}x", .null, .bytes([0xFF, 0x00]), [1, "two", [3]],
            .array([]), .table([]), ["a": 1, "b": ["c": [true, .null]], "": "empty key"], .number(.infinity), -0.0,
        ] as [LuaValue]) func comesBackAsItWas(value: LuaValue) async throws
    {
        #expect(try await passed(value) == [value])
    }

    @Test func literalsAreLuaValues() async throws {
        let values = try await passed(
            ["name": "x", "sizes": [1, 2.5], "owner": nil],
            through: """
                local t = ...
                return t.name, math.type(t.sizes[1]), math.type(t.sizes[2]), t.owner == nil, next(t.sizes, 2) == nil
                """)
        #expect(values == ["x", "integer", "float", true, true])
    }

    @Test func tablesAreEqualInAnyOrder() {
        let one: LuaValue = ["a": 1, "b": [2]], other: LuaValue = ["b": [2], "a": 1]
        #expect(one == other)
        #expect(one != ["a": 1] && one != ["a": 1, "b": [2, 3]] && LuaValue.integer(1) != .number(1))
        #expect(LuaValue.bytes(Array("x".utf8)) == "x")
    }

    @Test func aValueKnowsItsParts() async throws {
        let values = try await passed(through: "return { list = {}, items = { 'a' }, n = 2.0, f = print }")
        let table = try #require(values.first)
        #expect(table["list"]?.array == [] && table["items"]?.array == ["a"])
        #expect(table["n"]?.integer == 2 && table["n"]?.number == 2)
        #expect(table["f"]?.typeName == "function" && table["none"] == nil)
    }

    private struct Item: Codable, Equatable {
        enum Size: String, Codable { case small, large }
        var name: String
        var count: UInt8
        var price: Double
        var tags: [String]
        var size: Size?
        var places: [String: [Int]]
        var big: Int64 = .max
    }
    private let item = Item(
        name: "apples", count: 3, price: 1.25, tags: [], size: .large, places: ["north": [1, 2], "south": []])

    @Test func encodableTypesGoThroughLuaAndBack() async throws {
        let values = try await passed(
            LuaValue(encoding: item), LuaValue(encoding: [item]),
            through: "local item, list = ... item.count = item.count + 1 return item, list, list[1].price")
        var expected = item
        expected.count = 4
        #expect(try values[0].decode(as: Item.self) == expected)
        #expect(try values[1].decode() == [item])
        #expect(values[2] == 1.25)
    }

    @Test func emptyTablesAreEmptyListsWhereListsAreWanted() async throws {
        let values = try await passed(
            through: "return { name = 'x', count = 0, price = 1, tags = {}, places = {}, big = 1 }")
        let read = try #require(try values.first?.decode(as: Item.self))
        #expect(read.tags == [] && read.places == [:] && read.size == nil)
    }

    @Test func valuesCanBeDecodedAsTheyAre() throws {
        #expect(try LuaValue.null.decode(as: Int?.self) == nil)
        #expect(try (["a": 1, "b": .null] as LuaValue).decode() == ["a": LuaValue.integer(1), "b": .null])
        #expect(try ([1, nil, 3] as LuaValue).decode(as: [Int?].self) == [1, nil, 3])
        #expect(
            try JSONDecoder().decode(LuaValue.self, from: Data("[1,2.5,{},null,[]]".utf8))
                == [1, 2.5, .table([]), .null, []])
    }

    @Test(
        arguments: [
            (["name": 1], "name: must be a text, got number"),
            (["name": "x", "count": 256], "count: must be a number from 0 to 255, got 256"),
            (["name": "x", "count": 1.5], "count: must be a whole number, got number"),
            (["name": "x", "count": 1, "price": 1, "tags": ["a", 2]], "tags.[2]: must be a text, got number"),
            (["name": "x", "count": 1, "price": 1, "tags": ["a": 2]], "tags: must be a list, got table"),
            (["name": "x", "count": 1, "price": 1], "tags: is missing"),
            ([1], ": must be a table with names, got table"),
        ] as [(LuaValue, String)]) func saysWhichFieldDoesNotFit(value: LuaValue, message: String)
    {
        do {
            _ = try value.decode(as: Item.self)
            Issue.record("was decoded")
        } catch DecodingError.typeMismatch(_, let context) {
            #expect(
                "\(context.codingPath.map(\.stringValue).joined(separator: ".")): \(context.debugDescription)"
                    == message)
        } catch DecodingError.keyNotFound(let key, let context) {
            #expect("\(key.stringValue): \(context.debugDescription)" == message)
        } catch {
            Issue.record(error)
        }
    }

    @Test func whatNoFormatCanSayIsNotEncoded() async throws {
        let values = try await passed(through: "return print, '\\255', { 1, { a = coroutine.create(print) } }")
        for value in values { #expect(throws: EncodingError.self) { try JSONEncoder().encode(value) } }
        #expect(throws: DecodingError.self) { try LuaValue(encoding: [UInt64.max]) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(
            decoding: try encoder.encode(["b": [1, 2.5, nil], "a": .table([])] as LuaValue), as: UTF8.self)
        #expect(text == #"{"a":{},"b":[1,2.5,null]}"#)
    }
}
