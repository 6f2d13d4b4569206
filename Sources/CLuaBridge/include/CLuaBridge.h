// The only door between Swift and Lua. Nothing declared here ever raises a Lua error into its caller:
// whatever can raise runs inside lua_pcall on the C side, so that no longjmp crosses a Swift frame.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct lua_State lua_State;
typedef struct luath_host luath_host;
typedef struct luath_watch luath_watch;

// What a host function wants C to do once the Swift frame is gone.
typedef enum { LUATH_RETURN, LUATH_ERROR, LUATH_AWAIT } luath_disposition;

typedef struct {
  luath_disposition disposition;
  int count;  // results on top of the stack, for LUATH_RETURN
} luath_reply;

// What becomes of Lua code that was interrupted: it goes on, it ends with an error that nothing catches, or it and all
// other code of the run ends so, clean-up too.
typedef enum { LUATH_GO_ON, LUATH_STOP, LUATH_HALT } luath_verdict;

typedef struct {
  void *context;
  // Calls host function `function`; its arguments are the stack of `L`.
  luath_reply (*call)(void *context, lua_State *L, int32_t function);
  // Receives what `print` prints, line end included.
  void (*print)(void *context, const char *bytes, size_t length);
  // A handle was collected. Called inside the collector: only note the number.
  void (*released)(void *context, int64_t handle);
  // Lua code of `L` was interrupted. Called in a hook.
  luath_verdict (*interrupted)(void *context, lua_State *L);
} luath_callbacks;

// --- state ---

// Bytes that a position in the script takes.
enum { LUATH_POSITION_SIZE = 128 };

typedef struct {
  size_t memory_bytes;  // what Lua may hold at once
  int signal;           // what interrupts the Lua thread; 0 has a hook stand instead
} luath_settings;

// A new state with the guarded standard library, or NULL when there is no memory for one.
lua_State *luath_open(const luath_callbacks *callbacks, const luath_settings *settings);
void luath_close(lua_State *L);
// Where memory was refused last, or NULL.
const char *luath_memory_refused(lua_State *L);

// --- stopping ---

// While true, the task that runs now catches no error: `pcall` and the like raise a CancelledError instead.
void luath_set_cancelled(lua_State *L, bool cancelled);
// From now on no task of the run catches an error.
void luath_set_ending(lua_State *L);
bool luath_is_ending(lua_State *L);
// From now on no code of the run goes on, `<close>` functions neither.
void luath_halt(lua_State *L);
// The coroutine that runs now, or NULL.
lua_State *luath_current(lua_State *L);
// Writes where the script's nearest function on the stack is (`rename.lua:12`); false when there is none.
bool luath_position(lua_State *L, char *text, size_t size);

// What another thread knows of a run. Lives as long as the state.
luath_watch *luath_watch_of(lua_State *L);
// On the Lua thread, before its first turn.
void luath_watch_begin(luath_watch *watch);
// Surround all Lua code on the Lua thread. A turn is over at `leave`, and when another task is resumed.
void luath_enter(luath_watch *watch);
void luath_leave(luath_watch *watch);
// The number of the turn, on any thread; odd while Lua runs.
uint64_t luath_turn(const luath_watch *watch);
// Has the code that runs, or is resumed next, interrupted; on any thread while the Lua thread lives.
void luath_interrupt(luath_watch *watch);
bool luath_is_due(const luath_watch *watch);
// Whether an interruption was due; it is not any more.
bool luath_take_due(luath_watch *watch);
// Asks the Lua thread where it is; `luath_located` has the answer, or NULL.
void luath_locate(luath_watch *watch);
const char *luath_located(const luath_watch *watch);

// --- tasks: coroutines that the host resumes ---

typedef enum { LUATH_DONE, LUATH_WAITING, LUATH_FAILED } luath_status;

// Makes a task of the function and `arguments` values on top of `L`, and pops them.
// NULL when there was no memory; the error value is then on top of `L`.  [-(arguments+1), +(0|1), -]
lua_State *luath_task_new(lua_State *L, int arguments);
// Lets go of a task that has ended or will never be resumed.
void luath_task_free(lua_State *L, lua_State *task);
// Runs a task until it ends or waits for the host. The `count` results (or the error value) are on top of the task's
// stack. `waiting` gets the coroutine that asked, which is the task or a coroutine that it resumed.
luath_status luath_task_resume(lua_State *L, lua_State *task, lua_State **waiting, int *count);
// Moves `count` values from `L` to the waiting coroutine as the outcome of its host call.  [-count, +0, -]
// False when that coroutine has no stack left for them; they are dropped then.
bool luath_task_answer(lua_State *L, lua_State *waiting, int count, bool is_error);
// Hands the `count` results, or the error value, on top of a task that has ended to the function kept as "ended":
// `ended(number, is_awaited, trace, worked, ...)`. It gives true, or false, an error and its trace when the run has to
// fail; without such a function that is what the task gave. False when telling failed.  [-0, +(3|1), -]
bool luath_task_tell(lua_State *L, lua_State *task, int64_t number, bool is_awaited, bool worked, int count);
// Whether a host call on `L` may wait.
bool luath_can_wait(lua_State *L);
// Pushes the error that says where `L` is that it cannot wait.  [-0, +1, -]
void luath_push_cannot_wait(lua_State *L);

// --- reading the stack ---

typedef enum {
  LUATH_NONE = -1,
  LUATH_NIL = 0,
  LUATH_BOOLEAN = 1,
  LUATH_LIGHT = 2,
  LUATH_NUMBER = 3,
  LUATH_STRING = 4,
  LUATH_TABLE = 5,
  LUATH_FUNCTION = 6,
  LUATH_USERDATA = 7,
  LUATH_THREAD = 8
} luath_type;

// The context that the state was opened with.
void *luath_context(lua_State *L);
int luath_top(lua_State *L);
void luath_settop(lua_State *L, int index);
luath_type luath_type_at(lua_State *L, int index);
bool luath_is_integer(lua_State *L, int index);
bool luath_is_null(lua_State *L, int index);
int64_t luath_integer(lua_State *L, int index);
double luath_number(lua_State *L, int index);
bool luath_boolean(lua_State *L, int index);
// The bytes of a value whose type is LUATH_STRING, valid while the value is on the stack; else NULL.
const char *luath_string(lua_State *L, int index, size_t *length);
// The integer that the function being called was made with (0 or 1), see luath_push_function.
int64_t luath_bound(lua_State *L, int which);
// The number of a handle, or -1.
int64_t luath_handle(lua_State *L, int index);
// The same of a secret, which is no handle.
int64_t luath_secret(lua_State *L, int index);
// Border of a table without metamethods.
size_t luath_length(lua_State *L, int index);
// Pushes copies and reads fields without metamethods; as a write when the stack is full.
bool luath_push_copy(lua_State *L, int index);
bool luath_raw_field(lua_State *L, int index, const char *name);
bool luath_raw_index(lua_State *L, int index, int64_t position);
// Steps through a table: the key is on top; replaced by the next key and its value. False at the end.  [-1, +(2|0), -]
bool luath_next(lua_State *L, int index);
bool luath_push_nil(lua_State *L);
// Removes the value at `index`.
void luath_remove(lua_State *L, int index);
// Whether the table has the array mark of json.array.
bool luath_is_array(lua_State *L, int index);
// Text of any value as `tostring` gives it, for messages. The bytes live until the next call on this state.
const char *luath_describe(lua_State *L, int index, size_t *length);
// Traceback of a coroutine that failed. The bytes live until the next call on this state.
const char *luath_traceback(lua_State *L, lua_State *of, size_t *length);

// --- writing the stack: false means that memory or stack ran out, and one other value is on top instead ---

bool luath_push_boolean(lua_State *L, bool value);
bool luath_push_integer(lua_State *L, int64_t value);
bool luath_push_number(lua_State *L, double value);
bool luath_push_null(lua_State *L);
bool luath_push_string(lua_State *L, const char *bytes, size_t length);
bool luath_push_table(lua_State *L, int array_size, int record_size);
// A closure over host function `function` that carries two integers.
bool luath_push_function(lua_State *L, int32_t function, int64_t first, int64_t second);
// A userdata that stands for a host object; `released` is called when it is collected.
bool luath_push_handle(lua_State *L, int64_t handle);
// The same, for a value that scripts cannot look at: it shows as •••, and all that they can do is hand it on.
bool luath_push_secret(lua_State *L, int64_t handle);
// Pops a value and sets it as a field of the table at `index`, without metamethods.  [-1, +0, -]
bool luath_set_field(lua_State *L, int index, const char *name, size_t length);
bool luath_set_index(lua_State *L, int index, int64_t position);
// Gives the table on top the metatable kept under `name` by luath_keep_metatable or this library ("error", "array").
bool luath_set_kept_metatable(lua_State *L, const char *name);
// Kept by the library itself: "read_only", a function (name, fields or index function) that gives a table which cannot be
// changed, and "sealing", one (loader, host) that gives a loader of a module that is such a table.
// Keeps the table on top in the registry under a name and pops it.  [-1, +0, -]
bool luath_keep(lua_State *L, const char *name);
// Pushes what is kept under a name.
bool luath_push_kept(lua_State *L, const char *name);
bool luath_push_global(lua_State *L, const char *name);
// Calls a function that cannot wait.  [-(arguments+1), +results, -]
bool luath_call(lua_State *L, int arguments, int results);
bool luath_set_global(lua_State *L, const char *name);
// Compiles text (never bytecode) and pushes the function, or the error message with false.
bool luath_load(lua_State *L, const char *bytes, size_t length, const char *chunk_name);

// --- JSON ---

typedef struct luath_json luath_json;

// Parses JSON on any thread. NULL on failure; `error` then gets static text.
luath_json *luath_json_parse(const uint8_t *bytes, size_t length, const char **error);
void luath_json_free(luath_json *document);
// Pushes a parsed document.
bool luath_push_json(lua_State *L, const luath_json *document);

typedef struct {
  const char *key;  // not terminated; NULL for an array position
  size_t length;
  int64_t position;  // from 1, for an array position
} luath_path_part;

// Asked where an empty table without a mark stands: true makes it `[]`.
typedef bool (*luath_is_array_at)(void *context, const luath_path_part *path, size_t depth);

// Asked for the text of a secret; the encoder frees it. NULL refuses, and the encoding fails.
typedef char *(*luath_reveal)(void *context, int64_t secret);

typedef struct {
  const char *bytes;  // live until the next encoding on this state
  size_t length;
  const char *error;  // NULL when it worked
} luath_encoded;

// Encodes the value at `index`. Keys are sorted, so that equal tables give equal bytes.
// Without `reveal` a secret is an error, as any other userdata is.
luath_encoded luath_json_encode(lua_State *L, int index, int indent, void *context, luath_is_array_at is_array_at,
                                luath_reveal reveal);

#ifdef __cplusplus
}
#endif
