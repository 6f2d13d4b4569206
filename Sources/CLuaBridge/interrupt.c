// Stopping Lua code that runs: another thread sends a signal, whose handler sets a hook on the coroutine that runs at
// that moment, and the hook raises. No hook stands while nothing is due, because one makes every loop slower.
#define _GNU_SOURCE  // signals, which plain C does not have
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bridge.h"

struct luath_watch {
  luath_host *host;
  int signal;  // 0: a hook stands
  pthread_t thread;
  atomic_uint_fast64_t turn;
  atomic_bool due;
  atomic_bool locating, located;
  char position[LUATH_POSITION_SIZE];
};

enum { STANDING_COUNT = 1000 };

// The watch of the run whose Lua code this thread runs now.
static _Thread_local luath_watch *volatile running_here;

static void obey(lua_State *L);

static void interrupt_hook(lua_State *L, lua_Debug *info) {
  (void)info;
  luath_host *host = luath_host_of(L);
  if (host->watch->signal != 0 && !host->halted) lua_sethook(L, NULL, 0, 0);
  host->unhooked = L;
  obey(L);
  host->unhooked = NULL;
}

static void hook_now(lua_State *L) { lua_sethook(L, interrupt_hook, LUA_MASKCOUNT, 1); }

// --- on the thread that Lua runs on ---

static struct sigaction previous[NSIG];

static void on_signal(int number, siginfo_t *info, void *context) {
  int error = errno;
  luath_watch *watch = running_here;
  lua_State *L = watch == NULL ? NULL : watch->host->current;
  if (watch == NULL) {
    const struct sigaction *before = &previous[number];
    if (before->sa_flags & SA_SIGINFO) {
      before->sa_sigaction(number, info, context);
    } else if (before->sa_handler != SIG_DFL && before->sa_handler != SIG_IGN) {
      before->sa_handler(number);
    }
  } else if (L != NULL) {
    if (atomic_load(&watch->locating) && !atomic_load(&watch->located)) {
      luath_position(L, watch->position, sizeof watch->position);
      atomic_store(&watch->located, true);
    }
    hook_now(L);
  }
  errno = error;
}

static bool install(int number) {
  static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  static bool installed[NSIG];
  if (number < 0 || number >= NSIG) return false;
  pthread_mutex_lock(&mutex);
  if (!installed[number]) {
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigemptyset(&action.sa_mask);
    installed[number] = sigaction(number, &action, &previous[number]) == 0;
  }
  bool worked = installed[number];
  pthread_mutex_unlock(&mutex);
  return worked;
}

luath_watch *luath_watch_new(luath_host *host, int signal) {
  if (signal != 0 && !install(signal)) return NULL;
  luath_watch *watch = calloc(1, sizeof *watch);
  if (watch == NULL) return NULL;
  watch->host = host;
  watch->signal = signal;
  return watch;
}

void luath_watch_free(luath_watch *watch) { free(watch); }

luath_watch *luath_watch_of(lua_State *L) { return luath_host_of(L)->watch; }

void luath_watch_begin(luath_watch *watch) {
  watch->thread = pthread_self();
  if (watch->signal == 0) return;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, watch->signal);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

void luath_enter(luath_watch *watch) {
  running_here = watch;
  atomic_fetch_add(&watch->turn, 1);
}

void luath_leave(luath_watch *watch) {
  running_here = NULL;
  atomic_fetch_add(&watch->turn, 1);
}

void luath_next_turn(luath_host *host) {
  atomic_uint_fast64_t *turn = &host->watch->turn;
  atomic_store_explicit(turn, atomic_load_explicit(turn, memory_order_relaxed) + 2, memory_order_relaxed);
}

lua_State *luath_switch_to(luath_host *host, lua_State *L) {
  lua_State *before = host->current;
  host->current = L;
  if (host->halted) hook_now(L);
  return before;
}

lua_State *luath_current(lua_State *L) { return luath_host_of(L)->current; }

void luath_stand_hook(lua_State *L) {
  if (luath_host_of(L)->watch->signal == 0) lua_sethook(L, interrupt_hook, LUA_MASKCOUNT, STANDING_COUNT);
}

// --- on any thread ---

uint64_t luath_turn(const luath_watch *watch) { return atomic_load(&watch->turn); }
bool luath_is_due(const luath_watch *watch) { return atomic_load(&watch->due); }
bool luath_take_due(luath_watch *watch) { return atomic_exchange(&watch->due, false); }

void luath_interrupt(luath_watch *watch) {
  atomic_store(&watch->due, true);
  if (watch->signal != 0 && luath_turn(watch) % 2 == 1) pthread_kill(watch->thread, watch->signal);
}

void luath_locate(luath_watch *watch) {
  atomic_store(&watch->locating, true);
  luath_interrupt(watch);
}

const char *luath_located(const luath_watch *watch) { return atomic_load(&watch->located) ? watch->position : NULL; }

// --- raising ---

// Memory errors are the ones that run no message handler, and a hook's error would run it with hooks off: a handler that
// loops could not be stopped then.
int luath_abort(lua_State *L) {
  luath_host *host = luath_host_of(L);
  // Each of many nested catches would make the error look at the whole stack, so the coroutine is left as it is.
  if (host->halted && host->unhooked != L && lua_isyieldable(L)) {
    host->abandoned = true;
    return lua_yield(L, 0);
  }
  lua_pushliteral(L, "not enough memory");
  return lua_error(L);
}

static void obey(lua_State *L) {
  luath_host *host = luath_host_of(L);
  if (luath_take_due(host->watch)) {
    switch (host->callbacks.interrupted(host->callbacks.context, L)) {
      case LUATH_GO_ON:
        break;
      case LUATH_HALT:
        luath_halt(L);
        hook_now(L);
        luath_abort(L);
        break;
      case LUATH_STOP:
        luath_abort(L);
        break;
    }
  }
  if (host->halted) luath_abort(L);
}

bool luath_interrupted(lua_State *L) {
  luath_host *host = luath_host_of(L);
  return luath_is_due(host->watch) || host->halted;
}

void luath_check(lua_State *L) {
  if (luath_interrupted(L)) obey(L);
}

// Lua code that Swift called was stopped, but not what called Swift: that comes next.
void luath_rearm(lua_State *L, int status) {
  luath_host *host = luath_host_of(L);
  host->unhooked = NULL;
  if (status != LUA_ERRMEM || !(host->ending || host->cancelled)) return;
  atomic_store(&host->watch->due, true);
  hook_now(L);
}

void luath_set_cancelled(lua_State *L, bool cancelled) { luath_host_of(L)->cancelled = cancelled; }
void luath_set_ending(lua_State *L) { luath_host_of(L)->ending = true; }
bool luath_is_ending(lua_State *L) { return luath_host_of(L)->ending; }

void luath_halt(lua_State *L) {
  luath_host *host = luath_host_of(L);
  host->ending = true;
  host->halted = true;
}

bool luath_position(lua_State *L, char *text, size_t size) {
  // Far up the stack, looking for a level takes as long as the way there.
  enum { LEVELS = 100 };
  luath_host *host = luath_host_of(L);
  lua_Debug info;
  for (int level = 0; level < LEVELS && lua_getstack(L, level, &info); level++) {
    lua_getinfo(L, "Sl", &info);
    if (info.currentline > 0 && strcmp(info.short_src, "luath") != 0) {
      snprintf(text, size, "%s:%d", info.short_src, info.currentline);
      return true;
    }
  }
  for (resume_frame *frame = host->frames; frame != NULL; frame = frame->previous)
    if (frame->child == L && frame->parent != NULL) return luath_position(frame->parent, text, size);
  return false;
}
