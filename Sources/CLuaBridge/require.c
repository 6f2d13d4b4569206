// `require` over the host's modules. A module may wait for the host while it loads, which Lua's own function does not
// allow; so another task may require it meanwhile, and waits for the first one.
#include <string.h>

#include "bridge.h"

// A call of `require` that is under way: a userdata on its stack, closed when the call ends, however it does.
typedef struct luath_require {
  struct luath_require *next;  // begun later
  const char *name;
  lua_State *thread, *task;  // `task` only tells tasks apart: it may be gone
  lua_Integer task_number;
  bool loads;  // it runs the module, else it waits for another call that does
} luath_require;

enum { NAME = 1, LOADED = 2, CALL = 3, FIRST = 4 };  // slots of the stack
static const char key_metatable = 0;

// The task that runs now; NULL while the host sets up its state.
static lua_State *current_task(luath_host *host) {
  resume_frame *frame = host->frames;
  while (frame != NULL && frame->parent != NULL) frame = frame->previous;
  return frame == NULL ? NULL : frame->child;
}

// The call that loads a module now. A coroutine that failed while it did loads nothing any more.
static luath_require *loading(luath_host *host, const char *name) {
  for (luath_require *call = host->requires; call != NULL; call = call->next)
    if (call->loads && strcmp(call->name, name) == 0 && lua_status(call->thread) <= LUA_YIELD) return call;
  return NULL;
}

// The call of the task that waits for another one; a task waits in one place.
static luath_require *waiting(luath_host *host, lua_State *task) {
  luath_require *call = host->requires;
  while (call != NULL && (call->loads || call->task != task)) call = call->next;
  return call;
}

// Whether the end of `load` depends on something that `task` is in the middle of.
static bool depends_on(luath_host *host, luath_require *load, lua_State *task) {
  while (load != NULL && load->task != task) {
    luath_require *wait = waiting(host, load->task);
    load = wait == NULL ? NULL : loading(host, wait->name);
  }
  return load != NULL;
}

static int refuse_circle(lua_State *L, luath_require *load, lua_State *task) {
  luath_host *host = luath_host_of(L);
  luaL_Buffer path;
  luaL_buffinit(L, &path);
  for (;;) {
    for (luath_require *call = load; call != NULL; call = call->next) {
      if (!call->loads || call->task != load->task) continue;
      luaL_addstring(&path, call->name);
      luaL_addstring(&path, " → ");
    }
    if (load->task == task) break;
    load = loading(host, waiting(host, load->task)->name);
  }
  luaL_addstring(&path, lua_tostring(L, NAME));
  luaL_pushresult(&path);
  return luaL_error(L, "module '%s' is required while it loads: %s", lua_tostring(L, NAME), lua_tostring(L, -1));
}

// Pushes `current`, `hold` or `wake` of the scheduler; false when the host has no tasks.
static bool push_scheduler(lua_State *L, const char *name) {
  return lua_getfield(L, LUA_REGISTRYINDEX, "luath.scheduler") == LUA_TTABLE &&
         lua_getfield(L, -1, name) == LUA_TFUNCTION;
}

static int release(lua_State *L) {
  luath_host *host = luath_host_of(L);
  luath_require *call = lua_touserdata(L, 1);
  luath_require **place = &host->requires;
  while (*place != NULL && *place != call) place = &(*place)->next;
  if (*place == NULL) return 0;
  *place = call->next;
  if (!call->loads) return 0;
  for (luath_require *other = host->requires; other != NULL; other = other->next) {
    if (other->loads || strcmp(other->name, call->name) != 0) continue;
    lua_settop(L, 1);
    if (!push_scheduler(L, "wake")) return 0;
    lua_pushinteger(L, other->task_number);
    lua_pcall(L, 1, 0, 0);
  }
  return 0;
}

static luath_require *begin(lua_State *L) {
  luath_host *host = luath_host_of(L);
  luath_require *call = lua_newuserdatauv(L, sizeof *call, 2);
  *call = (luath_require){.name = lua_tostring(L, NAME), .thread = L, .task = current_task(host)};
  lua_pushvalue(L, NAME);
  lua_setiuservalue(L, CALL, 1);
  lua_pushthread(L);
  lua_setiuservalue(L, CALL, 2);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &key_metatable);
  lua_setmetatable(L, CALL);
  lua_toclose(L, CALL);
  luath_require **place = &host->requires;
  while (*place != NULL) place = &(*place)->next;
  *place = call;
  return call;
}

static int finish(lua_State *L, int status, lua_KContext context) {
  (void)status;
  (void)context;
  // FIRST is what the searcher gave for the module, after it the module's result.
  const char *name = lua_tostring(L, NAME);
  if (!lua_isnil(L, FIRST + 1)) {
    lua_pushvalue(L, FIRST + 1);
    lua_setfield(L, LOADED, name);
  }
  if (lua_getfield(L, LOADED, name) == LUA_TNIL) {
    lua_pushboolean(L, true);
    lua_copy(L, -1, -2);
    lua_setfield(L, LOADED, name);
  }
  lua_pushvalue(L, FIRST);
  return 2;
}

static bool push_loaded(lua_State *L) {
  return lua_getfield(L, LOADED, lua_tostring(L, NAME)) != LUA_TNIL && lua_toboolean(L, -1);
}

static int proceed(lua_State *L, int status, lua_KContext context) {
  (void)status;
  (void)context;
  luath_host *host = luath_host_of(L);
  luath_require *call = lua_touserdata(L, CALL);
  if (push_loaded(L)) return 1;
  lua_settop(L, CALL);
  luath_require *load = loading(host, call->name);
  if (load != NULL) {
    if (depends_on(host, load, call->task)) return refuse_circle(L, load, call->task);
    if (!push_scheduler(L, "current")) return luaL_error(L, "module '%s' is loaded by another task", call->name);
    lua_call(L, 0, 1);
    call->task_number = lua_tointeger(L, -1);
    push_scheduler(L, "hold");
    lua_callk(L, 0, 0, 0, proceed);
    return proceed(L, LUA_OK, 0);
  }
  call->loads = true;
  if (lua_getfield(L, LUA_REGISTRYINDEX, "luath.searcher") != LUA_TFUNCTION)
    return luaL_error(L, "module '%s' not found: this host has no modules", call->name);
  lua_pushvalue(L, NAME);
  lua_call(L, 1, 2);
  lua_insert(L, FIRST);  // the loader is on top now
  lua_pushvalue(L, NAME);
  lua_pushvalue(L, FIRST);
  lua_callk(L, 2, 1, 0, finish);
  return finish(L, LUA_OK, 0);
}

// The host's "searcher" gives a loader and what to call it with.
static int l_require(lua_State *L) {
  luaL_checkstring(L, 1);
  lua_settop(L, 1);
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  if (push_loaded(L)) return 1;
  lua_settop(L, LOADED);
  begin(L);
  return proceed(L, LUA_OK, 0);
}

void luath_open_require(lua_State *L) {
  lua_newtable(L);
  lua_pushcfunction(L, release);
  lua_setfield(L, -2, "__close");
  lua_pushcfunction(L, release);
  lua_setfield(L, -2, "__gc");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &key_metatable);
  lua_newtable(L);  // package
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_setfield(L, -2, "loaded");
  lua_setglobal(L, "package");
  lua_register(L, "require", l_require);
}
