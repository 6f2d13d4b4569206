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
  size_t used, cap;
  bool refused;                        // once at least
  bool has_error;                      // one was raised and caught
  char position[LUATH_POSITION_SIZE];  // of the last refusal
} luath_memory;

struct luath_host {
  luath_callbacks callbacks;
  luath_memory memory;
  luath_watch *watch;
  lua_State *volatile current;  // the coroutine that runs now; the signal handler reads it
  bool cancelled;               // the task that runs now was cancelled
  bool ending;                  // the run is over a limit: nothing is caught any more
  bool halted;                  // nothing runs any more
  bool abandoned;               // the coroutine that yielded is never to be resumed
  lua_State *unhooked;          // the coroutine whose hook raised last; Lua leaves its hooks off until it catches
  resume_frame *frames;
  lua_State *waiting;   // the coroutine whose host call waits, set when it yields
  lua_State *new_task;  // result of a protected luath_task_new
  bool awaiting;        // the yield that is under way is the host's, not the script's
  bool answer_is_error;
  int answer_count;
  int close_depth;
  void *encoder;  // C++ buffers of the JSON encoder
  struct luath_require *requires;  // calls of `require` that are under way, oldest first
};

// Marks of a coroutine, kept in the low bits of its extra space beside the host's address.
enum {
  MARK_TASK = 1,     // the host resumes it, so it is no coroutine to the script
  MARK_WAITING = 2,  // it, or one that it resumed, waits for the host
  MARK_BLOCKED = 4,  // resumed from where Lua cannot suspend
  MARK_UNHOOKED = 8  // ended by its hook, so nothing in it can be interrupted
};

static inline uintptr_t *luath_space(lua_State *L) { return (uintptr_t *)lua_getextraspace(L); }
static inline luath_host *luath_host_of(lua_State *L) { return (luath_host *)(*luath_space(L) & ~(uintptr_t)15); }
static inline bool luath_has_mark(lua_State *L, uintptr_t mark) { return (*luath_space(L) & mark) != 0; }
static inline void luath_mark(lua_State *L, uintptr_t mark, bool on) {
  *luath_space(L) = on ? *luath_space(L) | mark : *luath_space(L) & ~mark;
}

// Registry keys: the address of each is the key.
extern const char luath_key_array, luath_key_object, luath_key_handle, luath_key_scratch, luath_key_secret;

void luath_open_library(lua_State *L);         // library.c
void luath_open_protected_call(lua_State *L);  // protected_call.c
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

void *luath_allocate(void *host, void *block, size_t old_size, size_t new_size);  // memory.c, a lua_Alloc

// --- interrupt.c ---

luath_watch *luath_watch_new(luath_host *host, int signal);
void luath_watch_free(luath_watch *watch);
// Sets the hook that stands, where no signal is used.
void luath_stand_hook(lua_State *L);
// Notes that Lua was resumed: the time that it may run begins anew.
void luath_next_turn(luath_host *host);
// Notes which coroutine runs from now on, and gives the one that ran before.
lua_State *luath_switch_to(luath_host *host, lua_State *L);
// Raises what nothing catches: the run ends.
int luath_abort(lua_State *L);
// Whether the run is asked to stop. For C loops that run long.
bool luath_interrupted(lua_State *L);
// Raises when the run is asked to stop. For the same loops.
void luath_check(lua_State *L);
// Has the caller of a call from Swift stopped too, after the call ended with `status`.
void luath_rearm(lua_State *L, int status);

// protected_call.c: what every place that catches does with the error on top and its status. Raises again while the run
// ends or the task is cancelled.
void luath_caught(lua_State *L, int status);
// memory.c: a memory error was caught. The second one ends the run.
void luath_memory_error(luath_host *host);
// coroutine.c: closes a coroutine and gives its status; -1 when that cannot be done.
int luath_reset(luath_host *host, lua_State *co);

#ifdef __cplusplus
}
#endif
