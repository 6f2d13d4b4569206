// The standard library as scripts get it: no files, no processes, no bytecode, no finalizers.
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

// Lua runs finalizers where nothing can stop them. It looks for `__gc` only here: one that is added later has no effect.
static int l_setmetatable(lua_State *L) {
  int type = lua_type(L, 2);
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
  if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL && !luath_has_json_mark(L, 1))
    return luaL_error(L, "cannot change a protected metatable");
  if (type == LUA_TTABLE) {
    lua_pushvalue(L, lua_upvalueindex(1));
    if (lua_rawget(L, 2) != LUA_TNIL)
      return luaL_error(L, "a metatable with __gc is refused: finalizers are not available; use <close>");
  }
  lua_settop(L, 2);
  lua_setmetatable(L, 1);
  return 1;
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

typedef struct {
  const char *bytes;  // may have zeros in it
  size_t length;      // 0 when there is no text
} text;

static text text_field(lua_State *L, const char *name) {
  text field = {NULL, 0};
  lua_pushstring(L, name);
  lua_rawget(L, 1);
  if (lua_type(L, -1) == LUA_TSTRING) field.bytes = lua_tolstring(L, -1, &field.length);
  return field;
}

static void add_text(luaL_Buffer *buffer, text field, const char *otherwise) {
  if (field.length > 0) {
    luaL_addlstring(buffer, field.bytes, field.length);
  } else {
    luaL_addstring(buffer, otherwise);
  }
}

// `NotFoundError: users.get: The user does not exist. (hint)`
static int error_tostring(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  text name = text_field(L, "name"), operation = text_field(L, "operation"), message = text_field(L, "message"),
       hint = text_field(L, "hint");
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  add_text(&buffer, name, "Error");
  luaL_addstring(&buffer, ": ");
  if (operation.length > 0) {
    add_text(&buffer, operation, "");
    luaL_addstring(&buffer, ": ");
  }
  add_text(&buffer, message, "no message");
  if (hint.length > 0) {
    luaL_addstring(&buffer, " (");
    add_text(&buffer, hint, "");
    luaL_addstring(&buffer, ")");
  }
  luaL_pushresult(&buffer);
  return 1;
}

// Raises a LimitError with the message on top of the stack.
int luath_raise_limit(lua_State *L, const char *hint) {
  luaL_checkstack(L, 4, NULL);
  lua_createtable(L, 0, 5);
  lua_insert(L, -2);
  lua_setfield(L, -2, "message");
  lua_pushliteral(L, "LimitError");
  lua_setfield(L, -2, "name");
  lua_pushliteral(L, "limit");
  lua_setfield(L, -2, "kind");
  lua_pushstring(L, hint);
  lua_setfield(L, -2, "hint");
  luaL_setmetatable(L, "luath.error");
  return luath_raise(L);
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
  static const char *const base[] = {"dofile", "loadfile", NULL},
                           *const os[] = {"time", "clock", "date", "difftime", NULL},
                           *const debug[] = {"traceback", NULL};
  remove_fields(L, LUA_GNAME, base);
  keep_only(L, LUA_OSLIBNAME, os);
  keep_only(L, LUA_DBLIBNAME, debug);
  replace(L, "print", l_print);
  replace(L, "collectgarbage", l_collectgarbage);
  lua_pushliteral(L, "__gc");
  lua_pushcclosure(L, l_setmetatable, 1);
  lua_setglobal(L, "setmetatable");
  luath_guard_strings(L);
  luath_guard_tables(L);
  luath_guard_load(L);
  luath_open_require(L);

  lua_newtable(L);
  lua_pushliteral(L, "luath.error");
  lua_setfield(L, -2, "__name");
  lua_pushcfunction(L, error_tostring);
  lua_setfield(L, -2, "__tostring");
  lua_pushboolean(L, false);
  lua_setfield(L, -2, "__metatable");
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
