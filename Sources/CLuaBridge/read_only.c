// Tables that scripts can read and not change: the API and the modules. Such a table is empty itself, so that every
// assignment to it is noticed; its fields stand in another one, which no script gets hold of.
#include "bridge.h"

static const char key_read_only = 0;

static int refuse_change(lua_State *L, const char *name) {
  return luaL_error(L, "'%s' cannot be changed (field '%s')", name, luaL_tolstring(L, 2, NULL));
}

static int new_index(lua_State *L) { return refuse_change(L, lua_tostring(L, lua_upvalueindex(1))); }

// Upvalues: the fields, the key that was given last.
static int next_field(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(2));
  if (lua_next(L, lua_upvalueindex(1)) == 0) return 0;
  lua_pushvalue(L, -2);
  lua_replace(L, lua_upvalueindex(2));
  return 2;
}

static int fields_of(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushnil(L);
  lua_pushcclosure(L, next_field, 2);
  return 1;
}

// read_only(name, fields | index function)
static int read_only(lua_State *L) {
  luaL_checkstring(L, 1);
  lua_settop(L, 2);
  lua_newtable(L);
  lua_createtable(L, 0, 6);
  lua_pushvalue(L, 2);
  lua_setfield(L, 4, "__index");
  lua_pushvalue(L, 1);
  lua_pushcclosure(L, new_index, 1);
  lua_setfield(L, 4, "__newindex");
  if (lua_istable(L, 2)) {
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, fields_of, 1);
    lua_setfield(L, 4, "__pairs");
  }
  lua_pushvalue(L, 1);
  lua_setfield(L, 4, "__name");
  lua_pushvalue(L, 1);
  lua_setfield(L, 4, "__metatable");
  lua_pushvalue(L, 1);
  lua_rawsetp(L, 4, &key_read_only);
  lua_setmetatable(L, 3);
  return 1;
}

// Calls loader(name, host), both upvalues: what it gives is read-only if it is a table. The host's functions are out of
// reach of scripts, which get the second argument of a plain loader as the second result of `require`.
static int load_sealed(lua_State *L) {
  lua_settop(L, 1);
  lua_pushcfunction(L, read_only);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushvalue(L, 1);
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_call(L, 2, 1);
  if (lua_istable(L, -1)) lua_call(L, 2, 1);
  return 1;
}

// sealing(loader, host)
static int sealing(lua_State *L) {
  lua_settop(L, 2);
  lua_pushcclosure(L, load_sealed, 2);
  return 1;
}

static int l_rawset(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checkany(L, 2);
  luaL_checkany(L, 3);
  lua_settop(L, 3);
  if (lua_getmetatable(L, 1)) {
    if (lua_rawgetp(L, 4, &key_read_only) == LUA_TSTRING) return refuse_change(L, lua_tostring(L, 5));
    lua_settop(L, 3);
  }
  lua_rawset(L, 1);
  return 1;
}

void luath_open_read_only(lua_State *L) {
  lua_register(L, "rawset", l_rawset);
  lua_pushcfunction(L, read_only);
  lua_setfield(L, LUA_REGISTRYINDEX, "luath.read_only");
  lua_pushcfunction(L, sealing);
  lua_setfield(L, LUA_REGISTRYINDEX, "luath.sealing");
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_pushcfunction(L, read_only);
  lua_pushliteral(L, "json");
  lua_getfield(L, -3, "json");
  lua_call(L, 2, 1);
  lua_setfield(L, -2, "json");
  lua_pop(L, 1);
}
