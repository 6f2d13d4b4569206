// The rest of the string library: what loops in C on its arguments alone is bounded here, and scripts cannot reach the
// metatable that all strings share.
#include <limits.h>
#include <string.h>

#include "bridge.h"

enum { LONGEST_FORMAT = 1 << 16 };

// Lua's own `rep` takes a step for each copy, even of nothing.
static int l_rep(lua_State *L) {
  size_t length, separator_length;
  const char *text = luaL_checklstring(L, 1, &length);
  lua_Integer count = luaL_checkinteger(L, 2);
  const char *separator = luaL_optlstring(L, 3, "", &separator_length);
  size_t unit = length + separator_length;
  if (count <= 0 || unit == 0) {
    lua_pushliteral(L, "");
    return 1;
  }
  if (unit < length || (uint64_t)count > INT_MAX / unit) return luaL_error(L, "resulting string too large");
  size_t total = unit * (size_t)count - separator_length;
  luaL_Buffer buffer;
  char *out = luaL_buffinitsize(L, &buffer, total);
  // One text, then what is there again and again: few large copies.
  memcpy(out, text, length);
  size_t done = length;
  if (count > 1) {
    memcpy(out + length, separator, separator_length);
    done = unit;
  }
  while (done < total) {
    size_t next = done < total - done ? done : total - done;
    memcpy(out + done, out, next);
    done += next;
  }
  luaL_pushresultsize(&buffer, total);
  return 1;
}

// Calls the function that this one stands for, unless the format, its first argument, is absurdly long: `pack`, `unpack`,
// `packsize` and `date` walk through it in C, whatever the other arguments are.
static int with_short_format(lua_State *L) {
  if (lua_type(L, 1) == LUA_TSTRING) luaL_argcheck(L, lua_rawlen(L, 1) <= LONGEST_FORMAT, 1, "format too long");
  return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static void bound_format(lua_State *L, const char *name) {
  lua_getfield(L, -1, name);
  lua_pushcclosure(L, with_short_format, 1);
  lua_setfield(L, -2, name);
}

void luath_guard_strings(lua_State *L) {
  lua_getglobal(L, LUA_STRLIBNAME);
  luaL_setfuncs(L, luath_pattern_functions, 0);
  lua_pushcfunction(L, l_rep);
  lua_setfield(L, -2, "rep");
  // Bytecode is not to be had, nor to be loaded.
  lua_pushnil(L);
  lua_setfield(L, -2, "dump");
  bound_format(L, "pack");
  bound_format(L, "packsize");
  bound_format(L, "unpack");
  // Methods of strings are fields of this same table, so they are guarded too; scripts may add to it.
  lua_pushliteral(L, "");
  lua_getmetatable(L, -1);
  lua_pushboolean(L, false);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 3);
  lua_getglobal(L, LUA_OSLIBNAME);
  bound_format(L, "date");
  lua_pop(L, 1);
}
