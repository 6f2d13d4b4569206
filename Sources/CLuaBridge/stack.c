// Reading and writing the Lua stack from Swift. Reads use only functions that cannot raise; writes go through one
// protected call each.
#include <string.h>

#include "bridge.h"

void *luath_context(lua_State *L) { return luath_host_of(L)->callbacks.context; }
int luath_top(lua_State *L) { return lua_gettop(L); }
void luath_settop(lua_State *L, int index) { lua_settop(L, index); }
luath_type luath_type_at(lua_State *L, int index) { return (luath_type)lua_type(L, index); }
bool luath_is_integer(lua_State *L, int index) { return lua_isinteger(L, index); }
bool luath_is_null(lua_State *L, int index) { return lua_islightuserdata(L, index) && lua_touserdata(L, index) == NULL; }
int64_t luath_integer(lua_State *L, int index) { return lua_tointegerx(L, index, NULL); }
double luath_number(lua_State *L, int index) { return lua_tonumberx(L, index, NULL); }
bool luath_boolean(lua_State *L, int index) { return lua_toboolean(L, index); }

const char *luath_string(lua_State *L, int index, size_t *length) {
  *length = 0;
  return lua_type(L, index) == LUA_TSTRING ? lua_tolstring(L, index, length) : NULL;
}

int64_t luath_bound(lua_State *L, int which) { return lua_tointegerx(L, lua_upvalueindex(2 + which), NULL); }

// The number of a userdata whose metatable is the one under a key of the registry.
static int64_t number_of(lua_State *L, int index, const char *key) {
  if (lua_type(L, index) != LUA_TUSERDATA || !lua_checkstack(L, 2) || !lua_getmetatable(L, index)) return -1;
  lua_rawgetp(L, LUA_REGISTRYINDEX, key);
  bool ours = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return ours ? *(int64_t *)lua_touserdata(L, index) : -1;
}

int64_t luath_handle(lua_State *L, int index) { return number_of(L, index, &luath_key_handle); }
int64_t luath_secret(lua_State *L, int index) { return number_of(L, index, &luath_key_secret); }

size_t luath_length(lua_State *L, int index) { return lua_rawlen(L, index); }

// What every write does when the stack is full: takes its values and leaves one nil, for which Lua keeps spare room.
static bool full(lua_State *L, int values) {
  lua_pop(L, values);
  lua_pushnil(L);
  return false;
}

bool luath_push_copy(lua_State *L, int index) {
  if (!lua_checkstack(L, 1)) return full(L, 0);
  lua_pushvalue(L, index);
  return true;
}

bool luath_raw_index(lua_State *L, int index, int64_t position) {
  if (!lua_checkstack(L, 1)) return false;
  lua_rawgeti(L, index, position);
  return true;
}

bool luath_next(lua_State *L, int index) {
  if (!lua_checkstack(L, 2)) {
    lua_pop(L, 1);
    return false;
  }
  return lua_next(L, index);
}

bool luath_push_nil(lua_State *L) {
  if (!lua_checkstack(L, 1)) return full(L, 0);
  lua_pushnil(L);
  return true;
}

void luath_remove(lua_State *L, int index) { lua_remove(L, index); }

bool luath_is_array(lua_State *L, int index) {
  if (!lua_checkstack(L, 2) || !lua_getmetatable(L, index)) return false;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &luath_key_array);
  bool marked = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return marked;
}

// --- protected writes ---

// Calls `function` with one light userdata and the `values` on top; true when it worked.
static bool protect(lua_State *L, lua_CFunction function, const void *argument, int values, int results) {
  if (!lua_checkstack(L, 3)) return full(L, values);
  lua_pushcfunction(L, function);
  lua_pushlightuserdata(L, (void *)argument);
  if (values > 0) {
    lua_rotate(L, -(values + 2), 2);
  }
  return lua_pcall(L, values + 1, results, 0) == LUA_OK;
}

typedef struct {
  const char *bytes;
  size_t length;
} slice;

bool luath_push_boolean(lua_State *L, bool value) {
  if (!lua_checkstack(L, 1)) return full(L, 0);
  lua_pushboolean(L, value);
  return true;
}

bool luath_push_integer(lua_State *L, int64_t value) {
  if (!lua_checkstack(L, 1)) return full(L, 0);
  lua_pushinteger(L, value);
  return true;
}

bool luath_push_number(lua_State *L, double value) {
  if (!lua_checkstack(L, 1)) return full(L, 0);
  lua_pushnumber(L, value);
  return true;
}

bool luath_push_null(lua_State *L) {
  if (!lua_checkstack(L, 1)) return full(L, 0);
  lua_pushlightuserdata(L, NULL);
  return true;
}

static int push_string(lua_State *L) {
  const slice *text = lua_touserdata(L, 1);
  lua_pushlstring(L, text->bytes, text->length);
  return 1;
}

bool luath_push_string(lua_State *L, const char *bytes, size_t length) {
  slice text = {bytes, length};
  return protect(L, push_string, &text, 0, 1);
}

static int push_table(lua_State *L) {
  const int *sizes = lua_touserdata(L, 1);
  lua_createtable(L, sizes[0], sizes[1]);
  return 1;
}

bool luath_push_table(lua_State *L, int array_size, int record_size) {
  int sizes[2] = {array_size, record_size};
  return protect(L, push_table, sizes, 0, 1);
}

static int push_function(lua_State *L) {
  const int64_t *numbers = lua_touserdata(L, 1);
  for (int i = 0; i < 3; i++) lua_pushinteger(L, numbers[i]);
  lua_pushcclosure(L, luath_trampoline, 3);
  return 1;
}

bool luath_push_function(lua_State *L, int32_t function, int64_t first, int64_t second) {
  int64_t numbers[3] = {function, first, second};
  return protect(L, push_function, numbers, 0, 1);
}

typedef struct {
  int64_t number;
  const char *key;  // of its metatable
} numbered;

static int push_numbered(lua_State *L) {
  const numbered *object = lua_touserdata(L, 1);
  int64_t *place = lua_newuserdatauv(L, sizeof(int64_t), 0);
  *place = object->number;
  lua_rawgetp(L, LUA_REGISTRYINDEX, object->key);
  lua_setmetatable(L, -2);
  return 1;
}

bool luath_push_handle(lua_State *L, int64_t handle) {
  numbered object = {handle, &luath_key_handle};
  return protect(L, push_numbered, &object, 0, 1);
}

bool luath_push_secret(lua_State *L, int64_t handle) {
  numbered object = {handle, &luath_key_secret};
  return protect(L, push_numbered, &object, 0, 1);
}

static int set_field(lua_State *L) {  // slice, table, value
  const slice *name = lua_touserdata(L, 1);
  lua_pushlstring(L, name->bytes, name->length);
  lua_insert(L, 3);
  lua_rawset(L, 2);
  return 0;
}

bool luath_set_field(lua_State *L, int index, const char *name, size_t length) {
  slice text = {name, length};
  if (!lua_checkstack(L, 4)) return full(L, 1);
  lua_pushvalue(L, index);
  lua_insert(L, -2);
  return protect(L, set_field, &text, 2, 0);
}

static int set_index(lua_State *L) {
  lua_rawseti(L, 2, *(const int64_t *)lua_touserdata(L, 1));
  return 0;
}

bool luath_set_index(lua_State *L, int index, int64_t position) {
  if (!lua_checkstack(L, 4)) return full(L, 1);
  lua_pushvalue(L, index);
  lua_insert(L, -2);
  return protect(L, set_index, &position, 2, 0);
}

static int raw_field(lua_State *L) {
  lua_pushstring(L, lua_touserdata(L, 1));
  lua_rawget(L, 2);
  return 1;
}

bool luath_raw_field(lua_State *L, int index, const char *name) {
  if (!lua_checkstack(L, 4)) return full(L, 0);
  lua_pushvalue(L, index);
  return protect(L, raw_field, name, 1, 1);
}

static int registry_set(lua_State *L) {
  lua_pushfstring(L, "luath.%s", (const char *)lua_touserdata(L, 1));
  lua_insert(L, -2);
  lua_rawset(L, LUA_REGISTRYINDEX);
  return 0;
}

bool luath_keep(lua_State *L, const char *name) { return protect(L, registry_set, name, 1, 0); }

static int registry_get(lua_State *L) {
  lua_pushfstring(L, "luath.%s", (const char *)lua_touserdata(L, 1));
  lua_rawget(L, LUA_REGISTRYINDEX);
  return 1;
}

bool luath_push_kept(lua_State *L, const char *name) { return protect(L, registry_get, name, 0, 1); }

static int set_kept_metatable(lua_State *L) {  // name, table
  registry_get(L);
  if (lua_istable(L, -1)) {
    // A script may have reached this metatable, and must not get a finalizer by it.
    lua_pushliteral(L, "__gc");
    lua_pushnil(L);
    lua_rawset(L, -3);
  }
  lua_setmetatable(L, 2);
  return 0;
}

bool luath_set_kept_metatable(lua_State *L, const char *name) {
  if (!lua_checkstack(L, 4)) return full(L, 0);
  lua_pushvalue(L, -1);
  return protect(L, set_kept_metatable, name, 1, 0);
}

static int set_global(lua_State *L) {
  lua_setglobal(L, lua_touserdata(L, 1));
  return 0;
}

bool luath_set_global(lua_State *L, const char *name) { return protect(L, set_global, name, 1, 0); }

static int push_global(lua_State *L) {
  lua_getglobal(L, lua_touserdata(L, 1));
  return 1;
}

bool luath_push_global(lua_State *L, const char *name) { return protect(L, push_global, name, 0, 1); }

bool luath_call(lua_State *L, int arguments, int results) {
  luath_host *host = luath_host_of(L);
  lua_State *before = luath_switch_to(host, L);
  int status = lua_pcall(L, arguments, results, 0);
  host->current = before;
  luath_rearm(L, status);
  return status == LUA_OK;
}

typedef struct {
  const char *bytes;
  size_t length;
  const char *chunk_name;
} source;

static int load_source(lua_State *L) {
  const source *text = lua_touserdata(L, 1);
  if (luaL_loadbufferx(L, text->bytes, text->length, text->chunk_name, "t") != LUA_OK) return lua_error(L);
  return 1;
}

bool luath_load(lua_State *L, const char *bytes, size_t length, const char *chunk_name) {
  source text = {bytes, length, chunk_name};
  return protect(L, load_source, &text, 0, 1);
}

// Keeps the text on top in the registry, so that its bytes outlive the stack slot.
static int keep_scratch(lua_State *L) {
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &luath_key_scratch);
  return 1;
}

static int describe(lua_State *L) {
  luaL_tolstring(L, 2, NULL);
  return keep_scratch(L);
}

static const char *scratch(lua_State *L, bool worked, size_t *length) {
  const char *bytes = luath_string(L, -1, length);
  if (!worked || bytes == NULL) {
    bytes = bytes ? bytes : "(an error without text)";
    *length = strlen(bytes);
  }
  lua_pop(L, 1);
  return bytes;
}

const char *luath_describe(lua_State *L, int index, size_t *length) {
  if (!lua_checkstack(L, 4)) {
    *length = 0;
    return "";
  }
  lua_pushvalue(L, index);
  luath_host *host = luath_host_of(L);
  lua_State *before = luath_switch_to(host, L);
  bool worked = protect(L, describe, NULL, 1, 1);
  host->current = before;
  if (!worked) luath_rearm(L, LUA_ERRMEM);
  return scratch(L, worked, length);
}

static int traceback(lua_State *L) {
  luaL_traceback(L, lua_touserdata(L, 1), NULL, 0);
  return keep_scratch(L);
}

const char *luath_traceback(lua_State *L, lua_State *of, size_t *length) {
  return scratch(L, protect(L, traceback, of, 0, 1), length);
}
