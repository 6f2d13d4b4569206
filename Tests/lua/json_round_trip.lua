-- What JSON can say survives a round trip: null, empty arrays and objects, integers of 64 bits, text.
local json = require "json"

local text = '{"a":[],"b":{},"f":1.5,"i":9007199254740993,"n":null,"s":"naïve \\"x\\""}'
local value = json.decode(text)
assert(value.n == json.null, "null is a value of its own")
assert(value.missing == nil, "nil means absent")
assert(math.type(value.i) == "integer" and value.i == 9007199254740993, "no digit is lost")
assert(json.encode(value) == text, json.encode(value))

assert(json.encode(json.array {}) == "[]")
assert(json.encode {} == "{}")
assert(json.encode { 1, 2.0, 2.5 } == "[1,2,2.5]", json.encode { 1, 2.0, 2.5 })
assert(json.encode({ a = 1 }, { indent = 2 }) == '{\n  "a": 1\n}', json.encode({ a = 1 }, { indent = 2 }))

for _, bad in ipairs { { 1, nil, 3 }, { 1, a = 2 }, { x = 0 / 0 }, { x = print } } do
  assert(not pcall(json.encode, bad), "a value that JSON cannot say is an error")
end
assert(not pcall(json.decode, "{"), "broken JSON is an error")
