// The script's own coroutines. A host call inside one passes upward through every resume to the task, and its answer
// comes back down the same way, so the script never sees that anything was suspended.
#include "bridge.h"

enum { RESUME, WRAP };

static int step(lua_State *L, lua_State *co, int arguments, lua_KContext way);

static lua_State *target(lua_State *L) {
  lua_State *co = lua_tothread(L, 1);
  luaL_argexpected(L, co, 1, "thread");
  return co;
}

static int answered(lua_State *L, int status, lua_KContext way) {
  (void)status;
  luath_mark(L, MARK_WAITING, false);
  lua_State *co = way == WRAP ? lua_tothread(L, lua_upvalueindex(1)) : lua_tothread(L, 1);
  return step(L, co, 0, way);
}

int luath_reset(luath_host *host, lua_State *co) {
  if (host->close_depth >= 100 || luath_has_mark(co, MARK_UNHOOKED)) return -1;
  host->close_depth++;
  lua_State *before = luath_switch_to(host, co);
  int status = lua_resetthread(co);
  host->current = before;
  host->close_depth--;
  return status;
}

// The value on top of `L` is the error of `co`.
static int failed(lua_State *L, lua_State *co, lua_KContext way) {
  if (way == RESUME) {
    luath_caught(L, lua_status(co));
    lua_pushboolean(L, false);
    lua_insert(L, -2);
    return 2;
  }
  int status = lua_status(co);
  if (status != LUA_OK && status != LUA_YIELD) {
    luath_mark(co, MARK_BLOCKED, true);
    int closed = luath_reset(luath_host_of(L), co);
    if (closed >= 0) {
      status = closed;
      lua_xmove(co, L, 1);
    }
  }
  luath_caught(L, status);
  if (status != LUA_ERRMEM && lua_type(L, -1) == LUA_TSTRING) {
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
  }
  return lua_error(L);
}

static int refuse(lua_State *L, lua_State *co, lua_KContext way, const char *why) {
  lua_pushstring(L, why);
  return failed(L, co, way);
}

static int step(lua_State *L, lua_State *co, int arguments, lua_KContext way) {
  luath_host *host = luath_host_of(L);
  luath_mark(co, MARK_BLOCKED, !luath_can_wait(L));
  resume_frame frame = {L, co, host->frames};
  host->frames = &frame;
  host->awaiting = false;
  int results;
  lua_State *before = luath_switch_to(host, co);
  int status = lua_resume(co, L, arguments, &results);
  host->current = before;
  host->frames = frame.previous;
  if (host->abandoned) {
    host->abandoned = false;
    luath_reset(host, co);
    return luath_abort(L);
  }
  if (status == LUA_YIELD && host->awaiting) {
    luath_mark(L, MARK_WAITING, true);
    luath_mark(co, MARK_WAITING, true);
    return lua_yieldk(L, 0, way, answered);
  }
  if (status != LUA_OK && status != LUA_YIELD) {
    if (host->unhooked == co) luath_mark(co, MARK_UNHOOKED, true);
    host->unhooked = NULL;
    lua_xmove(co, L, 1);
    return failed(L, co, way);
  }
  if (!lua_checkstack(L, results + 1)) {
    lua_pop(co, results);
    return refuse(L, co, way, "too many results to resume");
  }
  lua_xmove(co, L, results);
  if (way == WRAP) return results;
  lua_pushboolean(L, true);
  lua_insert(L, -(results + 1));
  return results + 1;
}

static int start(lua_State *L, lua_State *co, int arguments, lua_KContext way) {
  if (luath_has_mark(co, MARK_WAITING) || luath_has_mark(co, MARK_TASK))
    return refuse(L, co, way, "cannot resume non-suspended coroutine");
  if (!lua_checkstack(co, arguments)) return refuse(L, co, way, "too many arguments to resume");
  lua_xmove(L, co, arguments);
  // The mark would outlive a resume that Lua refuses, so it is set only while the coroutine runs or waits.
  return step(L, co, arguments, way);
}

static int co_resume(lua_State *L) {
  lua_State *co = target(L);
  return start(L, co, lua_gettop(L) - 1, RESUME);
}

static int wrapped(lua_State *L) {
  return start(L, lua_tothread(L, lua_upvalueindex(1)), lua_gettop(L), WRAP);
}

static int co_create(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_State *co = lua_newthread(L);
  lua_pushvalue(L, 1);
  lua_xmove(L, co, 1);
  return 1;
}

static int co_wrap(lua_State *L) {
  co_create(L);
  lua_pushcclosure(L, wrapped, 1);
  return 1;
}

static int co_yield(lua_State *L) {
  if (luath_has_mark(L, MARK_TASK)) return luaL_error(L, "attempt to yield from outside a coroutine");
  return lua_yield(L, lua_gettop(L));
}

static const char *status_of(lua_State *L, lua_State *co) {
  if (L == co) return "running";
  if (luath_has_mark(co, MARK_WAITING)) return "normal";
  switch (lua_status(co)) {
    case LUA_YIELD:
      return "suspended";
    case LUA_OK: {
      lua_Debug info;
      if (lua_getstack(co, 0, &info)) return "normal";
      return lua_gettop(co) == 0 ? "dead" : "suspended";
    }
    default:
      return "dead";
  }
}

static int co_status(lua_State *L) {
  lua_pushstring(L, status_of(L, target(L)));
  return 1;
}

static int co_isyieldable(lua_State *L) {
  lua_State *co = lua_isthread(L, 1) ? lua_tothread(L, 1) : L;
  lua_pushboolean(L, lua_isyieldable(co) && !luath_has_mark(co, MARK_TASK));
  return 1;
}

static int co_running(lua_State *L) {
  int is_main = lua_pushthread(L) || luath_has_mark(L, MARK_TASK);
  lua_pushboolean(L, is_main);
  return 2;
}

// Lua 5.4.4 overruns the C stack when closing closes the next one and so on; the depth ends that.
static int co_close(lua_State *L) {
  lua_State *co = target(L);
  const char *status = status_of(L, co);
  if (status[0] != 's' && status[0] != 'd') return luaL_error(L, "cannot close a %s coroutine", status);
  luath_mark(co, MARK_BLOCKED, true);
  bool unhooked = luath_has_mark(co, MARK_UNHOOKED);
  int result = unhooked ? LUA_OK : luath_reset(luath_host_of(L), co);
  luath_mark(co, MARK_BLOCKED, false);
  if (result < 0) return luaL_error(L, "coroutine.close is nested more than 100 deep");
  if (result == LUA_OK) {
    lua_pushboolean(L, true);
    return 1;
  }
  lua_xmove(co, L, 1);
  luath_caught(L, result);
  lua_pushboolean(L, false);
  lua_insert(L, -2);
  return 2;
}

void luath_open_coroutine(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"create", co_create},   {"resume", co_resume}, {"wrap", co_wrap},
      {"yield", co_yield},     {"status", co_status}, {"isyieldable", co_isyieldable},
      {"running", co_running}, {"close", co_close},   {NULL, NULL}};
  luaL_newlib(L, functions);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_pushvalue(L, -2);
  lua_setfield(L, -2, "coroutine");
  lua_pop(L, 1);
  lua_setglobal(L, "coroutine");
}
