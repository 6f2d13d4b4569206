// The module `json` as scripts see it.
#include <string.h>

#include "bridge.h"

static bool is_response(lua_State *L, int index) {
  if (lua_type(L, index) != LUA_TTABLE) return false;
  static const char *const fields[] = {"status", "headers", "url", "attempts", NULL};
  for (const char *const *field = fields; *field != NULL; field++) {
    lua_pushstring(L, *field);
    bool is_there = lua_rawget(L, index) != LUA_TNIL;
    lua_pop(L, 1);
    if (!is_there) return false;
  }
  return true;
}

static int json_encode(lua_State *L) {
  luaL_checkany(L, 1);
  int indent = 0;
  // In `json.encode(management.users.get(id))` the response, which is the call's second result, comes along.
  if (is_response(L, 2)) lua_settop(L, 1);
  if (!lua_isnoneornil(L, 2)) {
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_pushnil(L);
    while (lua_next(L, 2)) {
      if (lua_type(L, -2) != LUA_TSTRING || strcmp(lua_tostring(L, -2), "indent") != 0)
        return luaL_error(L, "json.encode: unknown option '%s' (there is 'indent')", luaL_tolstring(L, -2, NULL));
      indent = (int)luaL_checkinteger(L, -1);
      if (indent < 0 || indent > 16) return luaL_error(L, "json.encode: indent is 0 to 16");
      lua_pop(L, 1);
    }
  }
  luath_encoded encoded = luath_json_encode(L, 1, indent, NULL, NULL, NULL);
  if (encoded.error != NULL) return luaL_error(L, "json.encode: %s", encoded.error);
  lua_pushlstring(L, encoded.bytes, encoded.length);
  return 1;
}

static int json_collect(lua_State *L) {
  luath_json **place = (luath_json **)lua_touserdata(L, 1);
  luath_json_free(*place);
  *place = NULL;
  return 0;
}

static int json_decode(lua_State *L) {
  size_t length;
  const char *bytes = luaL_checklstring(L, 1, &length);
  // The document is owned by a userdata, so an error while tables are built frees it too.
  luath_json **place = (luath_json **)lua_newuserdatauv(L, sizeof *place, 0);
  *place = NULL;
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_setmetatable(L, -2);
  const char *error = NULL;
  *place = luath_json_parse((const uint8_t *)bytes, length, &error);
  if (*place == NULL) return luaL_error(L, "json.decode: %s", error);
  luath_json_push(L, *place);
  luath_json_free(*place);
  *place = NULL;
  return 1;
}

bool luath_has_json_mark(lua_State *L, int index) {
  luaL_checkstack(L, 3, NULL);
  if (!lua_getmetatable(L, index)) return false;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &luath_key_array);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &luath_key_object);
  bool marked = lua_rawequal(L, -3, -2) || lua_rawequal(L, -3, -1);
  lua_pop(L, 3);
  return marked;
}

static int json_mark(lua_State *L, const char *key) {
  if (lua_isnoneornil(L, 1)) {
    lua_settop(L, 0);
    lua_newtable(L);
  }
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  if (lua_getmetatable(L, 1) && !luath_has_json_mark(L, 1))
    return luaL_argerror(L, 1, "the table has a metatable of its own");
  lua_rawgetp(L, LUA_REGISTRYINDEX, key);
  lua_setmetatable(L, 1);
  lua_settop(L, 1);
  return 1;
}

static int json_array(lua_State *L) { return json_mark(L, &luath_key_array); }
static int json_object(lua_State *L) { return json_mark(L, &luath_key_object); }

static int null_tostring(lua_State *L) {
  lua_pushstring(L, luath_is_null(L, 1) ? "null" : "userdata");
  return 1;
}

static void mark_metatable(lua_State *L, const char *name, const char *key) {
  lua_newtable(L);
  lua_pushstring(L, name);
  lua_setfield(L, -2, "__name");
  // A script that reached it could add a __gc that runs for every table marked after that.
  lua_pushboolean(L, false);
  lua_setfield(L, -2, "__metatable");
  lua_rawsetp(L, LUA_REGISTRYINDEX, key);
}

void luath_open_json(lua_State *L) {
  mark_metatable(L, "json.array", &luath_key_array);
  // Swift knows it by the name under which it keeps metatables.
  lua_rawgetp(L, LUA_REGISTRYINDEX, &luath_key_array);
  lua_setfield(L, LUA_REGISTRYINDEX, "luath.array");
  mark_metatable(L, "json.object", &luath_key_object);
  lua_pushlightuserdata(L, NULL);
  lua_newtable(L);
  lua_pushcfunction(L, null_tostring);
  lua_setfield(L, -2, "__tostring");
  lua_pushboolean(L, false);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  lua_pop(L, 1);

  static const luaL_Reg functions[] = {
      {"encode", json_encode}, {"array", json_array}, {"object", json_object}, {NULL, NULL}};
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  luaL_newlib(L, functions);
  lua_newtable(L);
  lua_pushcfunction(L, json_collect);
  lua_setfield(L, -2, "__gc");
  lua_pushcclosure(L, json_decode, 1);
  lua_setfield(L, -2, "decode");
  lua_pushlightuserdata(L, NULL);
  lua_setfield(L, -2, "null");
  lua_setfield(L, -2, "json");
  lua_pop(L, 1);
}
