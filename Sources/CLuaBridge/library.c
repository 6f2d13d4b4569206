// The standard library as scripts get it: no files, no processes, no bytecode, and a `require` that may wait.
#include <string.h>

#include "bridge.h"

static int l_print(lua_State *L) {
  luath_host *host = luath_host_of(L);
  int count = lua_gettop(L);
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (int i = 1; i <= count; i++) {
    if (i > 1) luaL_addchar(&buffer, '\t');
    luaL_tolstring(L, i, NULL);
    luaL_addvalue(&buffer);
  }
  luaL_addchar(&buffer, '\n');
  luaL_pushresult(&buffer);
  size_t length;
  const char *bytes = lua_tolstring(L, -1, &length);
  host->callbacks.print(host->callbacks.context, bytes, length);
  if (host->ending) return luath_abort(L);
  return 0;
}

// `load` with text only, whatever mode is asked for: crafted bytecode can break the interpreter.
static int l_load(lua_State *L) {
  int count = lua_gettop(L);
  if (count < 3) lua_settop(L, 3);
  const char *mode = luaL_optstring(L, 3, "bt");
  if (strchr(mode, 't') == NULL) {
    luaL_pushfail(L);
    lua_pushliteral(L, "attempt to load a binary chunk (Luath loads text only)");
    return 2;
  }
  lua_pushliteral(L, "t");
  lua_replace(L, 3);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

static int l_collectgarbage(lua_State *L) {
  static const char *const names[] = {"count", "step", "collect", NULL};
  switch (luaL_checkoption(L, 1, "collect", names)) {
    case 0:
      lua_pushnumber(L, lua_gc(L, LUA_GCCOUNT) + lua_gc(L, LUA_GCCOUNTB) / 1024.0);
      return 1;
    case 1:
      lua_pushboolean(L, lua_gc(L, LUA_GCSTEP, (int)luaL_optinteger(L, 2, 0)));
      return 1;
    default:
      lua_pushinteger(L, lua_gc(L, LUA_GCCOLLECT));
      return 1;
  }
}

static int required(lua_State *L, int status, lua_KContext context) {
  (void)status;
  (void)context;
  // 1 name, 2 loaded, 3 extra, 4 result
  if (!lua_isnil(L, 4)) {
    lua_pushvalue(L, 4);
    lua_setfield(L, 2, lua_tostring(L, 1));
  }
  if (lua_getfield(L, 2, lua_tostring(L, 1)) == LUA_TNIL) {
    lua_pushboolean(L, true);
    lua_copy(L, -1, -2);
    lua_setfield(L, 2, lua_tostring(L, 1));
  }
  lua_pushvalue(L, 3);
  return 2;
}

// The host's "searcher" gives a loader and what to call it with; the call may wait, unlike in the stock function.
static int l_require(lua_State *L) {
  luaL_checkstring(L, 1);
  lua_settop(L, 1);
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  if (lua_getfield(L, 2, lua_tostring(L, 1)) != LUA_TNIL && lua_toboolean(L, -1)) return 1;
  lua_settop(L, 2);
  if (lua_getfield(L, LUA_REGISTRYINDEX, "luath.searcher") != LUA_TFUNCTION)
    return luaL_error(L, "module '%s' not found: this host has no modules", lua_tostring(L, 1));
  lua_pushvalue(L, 1);
  lua_call(L, 1, 2);
  lua_insert(L, 3);  // 3 extra, 4 loader
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 3);
  lua_callk(L, 2, 1, 0, required);
  return required(L, LUA_OK, 0);
}

static const char *text_field(lua_State *L, const char *name) {
  lua_pushstring(L, name);
  lua_rawget(L, 1);
  return lua_type(L, -1) == LUA_TSTRING && lua_rawlen(L, -1) > 0 ? lua_tostring(L, -1) : NULL;
}

// `NotFoundError: users.get: The user does not exist. (hint)`
static int error_tostring(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  const char *name = text_field(L, "name"), *operation = text_field(L, "operation"),
             *message = text_field(L, "message"), *hint = text_field(L, "hint");
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  luaL_addstring(&buffer, name ? name : "Error");
  luaL_addstring(&buffer, ": ");
  if (operation) {
    luaL_addstring(&buffer, operation);
    luaL_addstring(&buffer, ": ");
  }
  luaL_addstring(&buffer, message ? message : "no message");
  if (hint) {
    luaL_addstring(&buffer, " (");
    luaL_addstring(&buffer, hint);
    luaL_addstring(&buffer, ")");
  }
  luaL_pushresult(&buffer);
  return 1;
}

static int handle_collected(lua_State *L) {
  luath_host *host = luath_host_of(L);
  host->callbacks.released(host->callbacks.context, luath_handle(L, 1));
  return 0;
}

static void remove_fields(lua_State *L, const char *table, const char *const *names) {
  lua_getglobal(L, table);
  for (; *names != NULL; names++) {
    lua_pushnil(L);
    lua_setfield(L, -2, *names);
  }
  lua_pop(L, 1);
}

static void keep_only(lua_State *L, const char *table, const char *const *names) {
  lua_getglobal(L, table);
  lua_newtable(L);
  for (; *names != NULL; names++) {
    lua_getfield(L, -2, *names);
    lua_setfield(L, -2, *names);
  }
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_pushvalue(L, -2);
  lua_setfield(L, -2, table);
  lua_pop(L, 1);
  lua_setglobal(L, table);
  lua_pop(L, 1);
}

static void replace(lua_State *L, const char *name, lua_CFunction function) {
  lua_getglobal(L, name);
  lua_pushcclosure(L, function, 1);
  lua_setglobal(L, name);
}

void luath_open_library(lua_State *L) {
  luaL_requiref(L, LUA_GNAME, luaopen_base, 1);
  luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 1);
  luaL_requiref(L, LUA_TABLIBNAME, luaopen_table, 1);
  luaL_requiref(L, LUA_MATHLIBNAME, luaopen_math, 1);
  luaL_requiref(L, LUA_UTF8LIBNAME, luaopen_utf8, 1);
  luaL_requiref(L, LUA_OSLIBNAME, luaopen_os, 1);
  luaL_requiref(L, LUA_DBLIBNAME, luaopen_debug, 1);
  lua_settop(L, 0);
  static const char *const base[] = {"dofile", "loadfile", NULL}, *const string[] = {"dump", NULL},
                           *const os[] = {"time", "clock", "date", "difftime", NULL},
                           *const debug[] = {"traceback", NULL};
  remove_fields(L, LUA_GNAME, base);
  remove_fields(L, LUA_STRLIBNAME, string);
  keep_only(L, LUA_OSLIBNAME, os);
  keep_only(L, LUA_DBLIBNAME, debug);
  replace(L, "load", l_load);
  replace(L, "print", l_print);
  replace(L, "collectgarbage", l_collectgarbage);
  replace(L, "require", l_require);
  lua_newtable(L);  // package
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_setfield(L, -2, "loaded");
  lua_setglobal(L, "package");

  lua_newtable(L);
  lua_pushliteral(L, "luath.error");
  lua_setfield(L, -2, "__name");
  lua_pushcfunction(L, error_tostring);
  lua_setfield(L, -2, "__tostring");
  lua_setfield(L, LUA_REGISTRYINDEX, "luath.error");

  lua_newtable(L);
  lua_pushliteral(L, "luath.handle");
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, false);
  lua_setfield(L, -2, "__metatable");
  lua_pushcfunction(L, handle_collected);
  lua_setfield(L, -2, "__gc");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &luath_key_handle);
}
