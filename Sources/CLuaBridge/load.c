// `load` takes text only, since crafted bytecode can break the interpreter, and long or endless texts notice that the run
// has to end.
#include <string.h>

#include "bridge.h"

enum { PIECE = 1 << 16, READER_SLOT = 5 };

typedef struct {
  const char *bytes;  // of a text that is there as a whole, else NULL
  size_t length;
} text;

static const char *read_text(lua_State *L, void *data, size_t *size) {
  luath_check(L);
  text *rest = data;
  const char *piece = rest->bytes;
  *size = rest->length < PIECE ? rest->length : PIECE;
  rest->bytes += *size;
  rest->length -= *size;
  return *size > 0 ? piece : NULL;
}

// Asks the script's function for the next piece, and keeps it in a slot of the stack while Lua reads it.
static const char *read_function(lua_State *L, void *data, size_t *size) {
  (void)data;
  luath_check(L);
  luaL_checkstack(L, 2, "too many nested functions");
  lua_pushvalue(L, 1);
  lua_call(L, 0, 1);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    *size = 0;
    return NULL;
  }
  if (!lua_isstring(L, -1)) luaL_error(L, "reader function must return a string");
  lua_replace(L, READER_SLOT);
  return lua_tolstring(L, READER_SLOT, size);
}

static int refuse(lua_State *L) {
  luaL_pushfail(L);
  lua_insert(L, -2);
  return 2;
}

static int l_load(lua_State *L) {
  size_t length = 0;
  const char *bytes = lua_tolstring(L, 1, &length), *mode = luaL_optstring(L, 3, "bt");
  bool has_environment = !lua_isnone(L, 4);
  if (strchr(mode, 't') == NULL) {
    bool is_binary = length > 0 && *bytes == LUA_SIGNATURE[0];
    lua_pushfstring(L, "attempt to load a %s chunk (mode is '%s')", is_binary ? "binary" : "text",
                    is_binary ? "t" : mode);
    return refuse(L);
  }
  int status;
  if (bytes != NULL) {
    text whole = {bytes, length};
    status = lua_load(L, read_text, &whole, luaL_optstring(L, 2, bytes), "t");
  } else {
    const char *name = luaL_optstring(L, 2, "=(load)");
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_settop(L, READER_SLOT);
    status = lua_load(L, read_function, NULL, name, "t");
  }
  if (status != LUA_OK) return refuse(L);
  if (has_environment) {
    lua_pushvalue(L, 4);
    if (lua_setupvalue(L, -2, 1) == NULL) lua_pop(L, 1);
  }
  return 1;
}

void luath_guard_load(lua_State *L) { lua_register(L, "load", l_load); }
