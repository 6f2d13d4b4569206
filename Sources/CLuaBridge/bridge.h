// What the C files of the bridge share: the host record behind each state and the marks on its coroutines.
#pragma once
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "CLuaBridge.h"

#ifdef __cplusplus
extern "C" {
#endif

// A resume that is on the C stack now; tells from where a coroutine was resumed.
typedef struct resume_frame {
  lua_State *parent;
  lua_State *child;
  struct resume_frame *previous;
} resume_frame;

typedef struct {
  luath_callbacks callbacks;
  resume_frame *frames;
  lua_State *waiting;   // the coroutine whose host call waits, set when it yields
  lua_State *new_task;  // result of a protected luath_task_new
  bool cancelled;       // the task that runs now was cancelled
  bool awaiting;        // the yield that is under way is the host's, not the script's
  bool answer_is_error;
  int answer_count;
  int close_depth;
  void *encoder;  // C++ buffers of the JSON encoder
  struct luath_require *requires;  // calls of `require` that are under way, oldest first
} luath_host;

// Marks of a coroutine, kept in the low bits of its extra space beside the host's address.
enum {
  MARK_TASK = 1,     // the host resumes it, so it is no coroutine to the script
  MARK_WAITING = 2,  // it, or one that it resumed, waits for the host
  MARK_BLOCKED = 4   // resumed from where Lua cannot suspend
};

static inline uintptr_t *luath_space(lua_State *L) { return (uintptr_t *)lua_getextraspace(L); }
static inline luath_host *luath_host_of(lua_State *L) { return (luath_host *)(*luath_space(L) & ~(uintptr_t)7); }
static inline bool luath_has_mark(lua_State *L, uintptr_t mark) { return (*luath_space(L) & mark) != 0; }
static inline void luath_mark(lua_State *L, uintptr_t mark, bool on) {
  *luath_space(L) = on ? *luath_space(L) | mark : *luath_space(L) & ~mark;
}

// Registry keys: the address of each is the key.
extern const char luath_key_array, luath_key_object, luath_key_handle, luath_key_scratch, luath_key_secret;

void luath_open_library(lua_State *L);    // library.c
void luath_open_coroutine(lua_State *L);  // coroutine.c
void luath_open_json(lua_State *L);       // json_module.c
void luath_open_require(lua_State *L);    // require.c
void luath_guard_strings(lua_State *L);   // strings.c
void luath_guard_tables(lua_State *L);    // tables.c
void luath_guard_load(lua_State *L);      // load.c
extern const luaL_Reg luath_pattern_functions[];  // patterns.c
bool luath_has_json_mark(lua_State *L, int index);  // json_module.c: whether the table is marked as array or object
void luath_open_secret(lua_State *L);     // secret.c
void luath_open_read_only(lua_State *L);  // read_only.c, after the module `json` is there
void luath_encoder_free(void *encoder);   // json_encode.cpp
// json_decode.cpp: pushes a document's value; raises when memory runs out or a number does not fit.
void luath_json_push(lua_State *L, const luath_json *document);
int luath_raise(lua_State *L);            // host.c: raises the value on top, with a traceback when it is an error table
int luath_trampoline(lua_State *L);       // host.c
int luath_task_body(lua_State *L);        // task.c: the function under every task's own
int luath_raise_limit(lua_State *L, const char *hint);  // library.c: raises a LimitError, its message is on top

// Whether the run is asked to stop. For C loops that run long.
bool luath_interrupted(lua_State *L);
// Raises when the run is asked to stop. For the same loops.
void luath_check(lua_State *L);

#ifdef __cplusplus
}
#endif
