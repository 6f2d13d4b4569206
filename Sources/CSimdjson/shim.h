// Links the system simdjson; its C++ header is included by CLuaBridge alone.
