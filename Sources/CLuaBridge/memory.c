// The memory of a state: counted, and refused beyond a cap, so that no script outgrows its host.
#include <stdlib.h>

#include "bridge.h"

// What a run that ends may use beyond the cap, to say why it ends.
enum { RESERVE = 64 << 10 };

static void *refuse(luath_host *host) {
  luath_memory *memory = &host->memory;
  memory->refused = true;
  if (host->current != NULL) luath_position(host->current, memory->position, sizeof memory->position);
  return NULL;
}

void *luath_allocate(void *context, void *block, size_t old_size, size_t new_size) {
  luath_host *host = context;
  luath_memory *memory = &host->memory;
  if (block == NULL) old_size = 0;
  if (new_size == 0) {
    memory->used -= old_size;
    free(block);
    return NULL;
  }
  if (new_size > old_size) {
    size_t cap = memory->cap + (host->ending ? RESERVE : 0), more = new_size - old_size;
    if (memory->used > cap || more > cap - memory->used) return refuse(host);
  }
  void *moved = realloc(block, new_size);
  if (moved != NULL) memory->used = memory->used - old_size + new_size;
  return moved;
}

void luath_memory_error(luath_host *host) {
  luath_memory *memory = &host->memory;
  if (!memory->refused || host->cancelled) return;
  // A script may do with less after the first one.
  if (memory->has_error) host->ending = true;
  memory->has_error = true;
}

const char *luath_memory_refused(lua_State *L) {
  luath_memory *memory = &luath_host_of(L)->memory;
  return memory->refused ? memory->position : NULL;
}
