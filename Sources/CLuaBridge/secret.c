// Values that scripts may hand on and never see: a secret shows as •••, and any other use of it is an error.
#include "bridge.h"

static int to_string(lua_State *L) {
  lua_pushliteral(L, "•••");
  return 1;
}

static int collected(lua_State *L) {
  luath_host *host = luath_host_of(L);
  host->callbacks.released(host->callbacks.context, luath_secret(L, 1));
  return 0;
}

static int refuse(lua_State *L) {
  return luaL_error(L, "a secret cannot be %s: it can only be put into the body of a request",
                    lua_tostring(L, lua_upvalueindex(1)));
}

void luath_open_secret(lua_State *L) {
  static const char *const uses[][2] = {
      {"__concat", "concatenated"}, {"__eq", "compared"},      {"__lt", "compared"},
      {"__le", "compared"},         {"__len", "measured"},     {"__index", "read"},
      {"__pairs", "read"},          {"__newindex", "changed"}, {"__call", "called"}};
  static const char *const arithmetic[] = {"__add", "__sub",  "__mul", "__div", "__mod", "__pow", "__unm",
                                           "__idiv", "__band", "__bor", "__bxor", "__shl", "__shr", "__bnot"};
  lua_newtable(L);
  for (size_t i = 0; i < sizeof uses / sizeof uses[0]; i++) {
    lua_pushstring(L, uses[i][1]);
    lua_pushcclosure(L, refuse, 1);
    lua_setfield(L, -2, uses[i][0]);
  }
  for (size_t i = 0; i < sizeof arithmetic / sizeof arithmetic[0]; i++) {
    lua_pushliteral(L, "calculated with");
    lua_pushcclosure(L, refuse, 1);
    lua_setfield(L, -2, arithmetic[i]);
  }
  lua_pushliteral(L, "secret");
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, false);
  lua_setfield(L, -2, "__metatable");
  lua_pushcfunction(L, to_string);
  lua_setfield(L, -2, "__tostring");
  lua_pushcfunction(L, collected);
  lua_setfield(L, -2, "__gc");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &luath_key_secret);
}
