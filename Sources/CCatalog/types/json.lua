---@meta json
-- The module `json`: text to values and back; integers keep all 64 bits.

---@class json
---@field null json.Null JSON's null; nil means absent.
local json = {}

---@class json.Null: lightuserdata

---@class (exact) json.EncodeOptions
---@field indent? integer Spaces for each level, 0 to 16. Default 0: one line.

---@param value any
---@param options? json.EncodeOptions
---@return string text
function json.encode(value, options) end

---@param text string
---@return any value
function json.decode(text) end

---Marks a table as a list, so that an empty one is written `[]`.
---@generic T: table
---@param list? T
---@return T list
function json.array(list) end

---Marks a table as an object, so that an empty one is written `{}`.
---@generic T: table
---@param object? T
---@return T object
function json.object(object) end

return json
