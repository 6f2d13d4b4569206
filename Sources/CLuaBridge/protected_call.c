// `pcall` and `xpcall`, which catch nothing while the run ends or the task is cancelled, so that no script goes on after
// it was told to stop.
#include <string.h>

#include "bridge.h"

static bool is_cancelled_error(lua_State *L) {
  if (lua_type(L, -1) != LUA_TTABLE) return false;
  lua_pushliteral(L, "kind");
  const char *kind = lua_rawget(L, -2) == LUA_TSTRING ? lua_tostring(L, -1) : "";
  bool is = strcmp(kind, "cancelled") == 0;
  lua_pop(L, 1);
  return is;
}

static void push_cancelled_error(lua_State *L) {
  static const char *const fields[] = {"name", "CancelledError", "kind", "cancelled", "message",
                                       "the task was cancelled"};
  lua_createtable(L, 0, 4);
  for (int i = 0; i < 6; i += 2) {
    lua_pushstring(L, fields[i + 1]);
    lua_setfield(L, -2, fields[i]);
  }
  luaL_setmetatable(L, "luath.error");
}

void luath_caught(lua_State *L, int status) {
  luath_host *host = luath_host_of(L);
  luath_check(L);
  if (status == LUA_ERRMEM) luath_memory_error(host);
  if (host->ending) luath_abort(L);
  if (!host->cancelled) return;
  luaL_checkstack(L, 4, NULL);
  if (!is_cancelled_error(L)) push_cancelled_error(L);
  luath_raise(L);
}

static int finish(lua_State *L, int status, lua_KContext below) {
  if (status == LUA_OK || status == LUA_YIELD) return lua_gettop(L) - (int)below;
  luath_host_of(L)->unhooked = NULL;
  luath_caught(L, status);
  lua_pushboolean(L, false);
  lua_insert(L, -2);
  return 2;
}

static int l_pcall(lua_State *L) {
  luaL_checkany(L, 1);
  lua_pushboolean(L, true);
  lua_insert(L, 1);
  return finish(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish), 0);
}

static int l_xpcall(lua_State *L) {
  int count = lua_gettop(L);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_pushboolean(L, true);
  lua_pushvalue(L, 1);
  lua_rotate(L, 3, 2);  // below the arguments
  return finish(L, lua_pcallk(L, count - 2, LUA_MULTRET, 2, 2, finish), 2);
}

static int finish_own(lua_State *L, int status, lua_KContext context) {
  (void)context;
  if (status == LUA_OK || status == LUA_YIELD) return lua_gettop(L);
  luath_host_of(L)->unhooked = NULL;
  luath_check(L);
  lua_pushboolean(L, false);
  lua_insert(L, -2);
  return 2;
}

// For Luath's own Lua code, which has to see how a cancelled task ends. Scripts never get it.
static int own_pcall(lua_State *L) {
  lua_pushboolean(L, true);
  lua_insert(L, 1);
  return finish_own(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish_own), 0);
}

void luath_open_protected_call(lua_State *L) {
  lua_register(L, "pcall", l_pcall);
  lua_register(L, "xpcall", l_xpcall);
  lua_pushcfunction(L, own_pcall);
  lua_setfield(L, LUA_REGISTRYINDEX, "luath.pcall");
}
