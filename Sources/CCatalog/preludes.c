// Embeds the parts of Luath's Lua modules that are written in Lua.
#include "CCatalog.h"

#define LUATH_PRELUDE(name)                                                    \
    const uint8_t *luath_prelude_##name(void) { return name##_bytes; }         \
    size_t luath_prelude_##name##_length(void) { return sizeof name##_bytes; }

static const uint8_t tasks_bytes[] = {
#embed "lua/tasks.lua"
};
static const uint8_t fs_bytes[] = {
#embed "lua/fs.lua"
};
static const uint8_t legacy_bytes[] = {
#embed "lua/legacy.lua"
};
static const uint8_t main_bytes[] = {
#embed "lua/main.lua"
};
static const uint8_t auth0_bytes[] = {
#embed "lua/auth0.lua"
};
static const uint8_t page_bytes[] = {
#embed "lua/page.lua"
};
static const uint8_t events_bytes[] = {
#embed "lua/events.lua"
};
static const uint8_t all_users_bytes[] = {
#embed "lua/all_users.lua"
};
static const uint8_t recipe_bytes[] = {
#embed "lua/recipe.lua"
};

LUATH_PRELUDE(tasks)
LUATH_PRELUDE(fs)
LUATH_PRELUDE(legacy)
LUATH_PRELUDE(main)
LUATH_PRELUDE(auth0)
LUATH_PRELUDE(page)
LUATH_PRELUDE(recipe)
LUATH_PRELUDE(events)
LUATH_PRELUDE(all_users)
