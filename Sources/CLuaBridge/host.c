// States, tasks and the trampoline: how a host call leaves Lua, waits and comes back.
#include <stdlib.h>
#include <string.h>

#include "bridge.h"

const char luath_key_array = 0, luath_key_object = 0, luath_key_handle = 0,
           luath_key_scratch = 0, luath_key_secret = 0;

static int open_protected(lua_State *L) {
  luath_open_library(L);
  luath_open_protected_call(L);
  luath_open_coroutine(L);
  luath_open_json(L);
  luath_open_secret(L);
  luath_open_read_only(L);
  return 0;
}

lua_State *luath_open(const luath_callbacks *callbacks, const luath_settings *settings) {
  luath_host *host = calloc(1, sizeof *host);
  if (host == NULL) return NULL;
  host->callbacks = *callbacks;
  host->memory.cap = settings->memory_bytes;
  host->watch = luath_watch_new(host, settings->signal);
  lua_State *L = host->watch == NULL ? NULL : lua_newstate(luath_allocate, host);
  if (L == NULL) {
    luath_watch_free(host->watch);
    free(host);
    return NULL;
  }
  *luath_space(L) = (uintptr_t)host;
  // The generational mode of 5.4 has known faults when memory is short.
  lua_gc(L, LUA_GCINC, 0, 0, 0);
  luath_stand_hook(L);
  lua_pushcfunction(L, open_protected);
  if (lua_pcall(L, 0, 0, 0) != LUA_OK) {
    luath_close(L);
    return NULL;
  }
  return L;
}

void luath_close(lua_State *L) {
  luath_host *host = luath_host_of(L);
  lua_close(L);
  luath_encoder_free(host->encoder);
  luath_watch_free(host->watch);
  free(host);
}

// Raises the value on top. An error table gets the traceback of the call that failed, text its position.
int luath_raise(lua_State *L) {
  if (luath_host_of(L)->ending) return luath_abort(L);
  luaL_checkstack(L, 4, NULL);
  if (lua_type(L, -1) == LUA_TTABLE) {
    lua_pushliteral(L, "traceback");
    if (lua_rawget(L, -2) == LUA_TNIL) {
      lua_pushliteral(L, "traceback");
      luaL_traceback(L, L, NULL, 1);
      lua_rawset(L, -4);
    }
    lua_pop(L, 1);
  } else if (lua_type(L, -1) == LUA_TSTRING) {
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
  }
  return lua_error(L);
}

static int resumed(lua_State *L, int status, lua_KContext context) {
  (void)status;
  (void)context;
  luath_host *host = luath_host_of(L);
  luath_mark(L, MARK_WAITING, false);
  if (host->answer_is_error) return luath_raise(L);
  return host->answer_count;
}

int luath_trampoline(lua_State *L) {
  luath_host *host = luath_host_of(L);
  luaL_checkstack(L, LUA_MINSTACK, NULL);
  int32_t function = (int32_t)lua_tointeger(L, lua_upvalueindex(1));
  luath_reply reply = host->callbacks.call(host->callbacks.context, L, function);
  if (host->halted) return luath_abort(L);
  switch (reply.disposition) {
    case LUATH_RETURN:
      return reply.count;
    case LUATH_ERROR:
      return luath_raise(L);
    case LUATH_AWAIT:
      host->awaiting = true;
      host->waiting = L;
      luath_mark(L, MARK_WAITING, true);
      return lua_yieldk(L, 0, 0, resumed);
  }
  return 0;
}

static int task_new_protected(lua_State *L) {
  lua_State *task = lua_newthread(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, task);
  int values = lua_gettop(L);
  if (!lua_checkstack(task, values + 1)) return luaL_error(L, "too many arguments to a task");
  lua_pushcfunction(task, luath_task_body);
  lua_xmove(L, task, values);
  luath_mark(task, MARK_TASK, true);
  luath_host_of(L)->new_task = task;
  return 0;
}

lua_State *luath_task_new(lua_State *L, int arguments) {
  if (!lua_checkstack(L, 4)) return NULL;
  lua_pushcfunction(L, task_new_protected);
  lua_insert(L, -(arguments + 2));
  if (lua_pcall(L, arguments + 1, 0, 0) != LUA_OK) return NULL;
  return luath_host_of(L)->new_task;
}

luath_status luath_task_resume(lua_State *L, lua_State *task, lua_State **waiting, int *count) {
  luath_host *host = luath_host_of(L);
  host->awaiting = false;
  luath_mark(task, MARK_WAITING, false);
  resume_frame frame = {NULL, task, host->frames};
  host->frames = &frame;
  // A task that waits carries its answer already; a new one has its body, function and arguments on the stack.
  int arguments = lua_status(task) == LUA_OK ? lua_gettop(task) - 1 : 0;
  luath_next_turn(host);
  lua_State *before = luath_switch_to(host, task);
  int status = lua_resume(task, L, arguments, count);
  host->current = before;
  host->frames = frame.previous;
  if (host->abandoned) {
    host->abandoned = false;
    luath_reset(host, task);
    lua_pushnil(task);
    return LUATH_FAILED;
  }
  if (status == LUA_YIELD) {
    *waiting = host->waiting;
    luath_mark(task, MARK_WAITING, true);
    return LUATH_WAITING;
  }
  return status == LUA_OK ? LUATH_DONE : LUATH_FAILED;
}

bool luath_task_answer(lua_State *L, lua_State *waiting, int count, bool is_error) {
  luath_host *host = luath_host_of(L);
  bool fits = lua_checkstack(waiting, count + LUA_MINSTACK);
  if (fits) {
    lua_xmove(L, waiting, count);
  } else {
    lua_pop(L, count);
  }
  host->answer_is_error = is_error;
  host->answer_count = fits ? count : 0;
  return fits;
}

bool luath_can_wait(lua_State *L) { return lua_isyieldable(L) && !luath_has_mark(L, MARK_BLOCKED); }

// The name of the C function that Lua cannot suspend: the nearest one that is not ours.
static int cannot_wait_protected(lua_State *L) {
  lua_State *at = lua_touserdata(L, 1);
  luath_host *host = luath_host_of(L);
  for (resume_frame *frame = host->frames; frame != NULL && luath_has_mark(at, MARK_BLOCKED); frame = frame->previous)
    if (frame->child == at && frame->parent != NULL) at = frame->parent;
  lua_Debug info;
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  for (int level = at == L ? 1 : 0; lua_getstack(at, level, &info); level++) {
    lua_getinfo(at, "Snf", &info);
    lua_xmove(at, L, at == L ? 0 : 1);
    bool is_c = info.what[0] == 'C', ours = lua_tocfunction(L, -1) == luath_trampoline;
    // These let a call wait, so they are not what stands in its way.
    static const char *const passing[] = {"pcall", "xpcall", "require", "resume", NULL};
    bool passes = false;
    for (const char *const *name = passing; info.name != NULL && *name != NULL; name++)
      passes = passes || strcmp(info.name, *name) == 0;
    if (is_c && !ours && !passes) {
      // table.sort rather than the name that the script gave it
      lua_pushnil(L);
      while (lua_next(L, 2)) {
        if (lua_istable(L, -1) && lua_type(L, -2) == LUA_TSTRING) {
          lua_pushnil(L);
          while (lua_next(L, -2)) {
            if (lua_rawequal(L, -1, 3) && lua_type(L, -2) == LUA_TSTRING) {
              const char *module = lua_tostring(L, -4), *name = lua_tostring(L, -2);
              if (strcmp(module, "_G") == 0) {
                lua_pushstring(L, name);
              } else {
                lua_pushfstring(L, "%s.%s", module, name);
              }
              return 1;
            }
            lua_pop(L, 1);
          }
        }
        lua_pop(L, 1);
      }
      if (info.name != NULL) {
        lua_pushstring(L, info.name);
        return 1;
      }
    }
    if (info.namewhat != NULL && strcmp(info.namewhat, "metamethod") == 0 && info.name != NULL) {
      lua_pushfstring(L, "the metamethod __%s", info.name);
      return 1;
    }
    lua_settop(L, 2);
  }
  lua_pushliteral(L, "a finalizer or a variable that is being closed");
  return 1;
}

void luath_push_cannot_wait(lua_State *L) {
  if (!lua_checkstack(L, 8)) return;
  lua_pushcfunction(L, cannot_wait_protected);
  lua_pushlightuserdata(L, L);
  lua_pcall(L, 1, 1, 0);
}
