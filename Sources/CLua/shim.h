// Debian's Lua 5.4 headers as one module. The search path comes from pkg-config.
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
