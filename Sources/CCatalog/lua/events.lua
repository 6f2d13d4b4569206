-- Streams of events. A stream is called for the next event, so `for event in management.events.subscribe() do` goes on
-- until the loop is left, which closes it.
local _, host = ...
local methods = {}
local Stream = { __index = methods, __name = "event stream" }

--- The next event; nil when the stream was closed.
function Stream.__call(stream) return host.next_event(stream._stream) end

local function checked(stream, name)
  if type(stream) ~= "table" or not rawget(stream, "_stream") then
    error(("call a stream's functions with a colon: stream:%s()"):format(name), 3)
  end
  return stream._stream
end

--- The value for `from` that goes on after the last event; nil before the first.
function methods:offset() return host.offset(checked(self, "offset")) end

function methods:close() host.close_events(checked(self, "close")) end
Stream.__close = methods.close

return Stream
