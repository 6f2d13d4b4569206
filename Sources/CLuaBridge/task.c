// A task from its first frame to its end: what every task's coroutine stands on, where it was started, and how its
// end is told to the script's side.
#include "bridge.h"

// Where the trace of a task's failure is kept in the registry: an address inside the coroutine, so that it is unique.
static const void *trace_key(lua_State *task) { return (const char *)task + 1; }

static int keep_trace(lua_State *L) {
  luaL_traceback(L, L, NULL, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, trace_key(L));
  return 1;
}

static int body_ended(lua_State *L, int status, lua_KContext context) {
  (void)context;
  if (status == LUA_OK || status == LUA_YIELD) return lua_gettop(L) - 1;
  luath_host_of(L)->unhooked = NULL;
  return lua_error(L);
}

// Calls a function with arguments, protected: `<close>` variables of a function that fails are closed while the task
// can still wait, and the trace is taken while there is a stack to read.
int luath_task_body(lua_State *L) {
  lua_pushcfunction(L, keep_trace);
  lua_insert(L, 1);
  return body_ended(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 1, 0, body_ended), 0);
}

void luath_task_free(lua_State *L, lua_State *task) {
  // A coroutine that waits for ever still has its to-be-closed variables; closing them cannot wait.
  if (lua_status(task) != LUA_OK) {
    luath_host *host = luath_host_of(L);
    luath_mark(task, MARK_BLOCKED, true);
    luath_next_turn(host);
    luath_reset(host, task);
  }
  // Setting an existing key to nil allocates nothing, so it cannot raise.
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, trace_key(task)) != LUA_TNIL) {
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, trace_key(task));
  }
  lua_pop(L, 1);
  lua_pushnil(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, task);
}

typedef struct {
  lua_State *task;
  int64_t number;
  bool is_awaited;
  bool worked;
  int count;
} task_end;

static int tell_end(lua_State *L) {
  const task_end *end = lua_touserdata(L, 1);
  luaL_checkstack(L, end->count + 8, "too many results of a task");
  bool is_told = lua_getfield(L, LUA_REGISTRYINDEX, "luath.ended") == LUA_TFUNCTION;
  if (is_told) {
    lua_pushinteger(L, end->number);
    lua_pushboolean(L, end->is_awaited);
    lua_rawgetp(L, LUA_REGISTRYINDEX, trace_key(end->task));
    lua_pushboolean(L, end->worked);
    lua_xmove(end->task, L, end->count);
    lua_call(L, 4 + end->count, 3);
    return 3;
  }
  lua_pushboolean(L, end->worked);
  if (end->worked) {
    lua_pushnil(L);
  } else {
    lua_xmove(end->task, L, 1);
  }
  lua_rawgetp(L, LUA_REGISTRYINDEX, trace_key(end->task));
  return 3;
}

bool luath_task_tell(lua_State *L, lua_State *task, int64_t number, bool is_awaited, bool worked, int count) {
  task_end end = {task, number, is_awaited, worked, count};
  lua_pushcfunction(L, tell_end);
  lua_pushlightuserdata(L, &end);
  return lua_pcall(L, 1, 3, 0) == LUA_OK;
}
