---@meta fs
-- The module `fs`: whole files, for the paths that `--allow-read` and `--allow-write` name.

---@class fs
local fs = {}

---@param path string
---@return string content
function fs.read(path) end

---Replaces the file at once: others see the old content or the new one.
---@param path string
---@param content string
function fs.write(path, content) end

---@param path string
---@return boolean
function fs.exists(path) end

---The lines of a file, without their ends. The file is read as the loop goes on.
---@param path string
---@return fun(): string? next_line
function fs.lines(path) end

return fs
