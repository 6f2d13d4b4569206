// Embeds the editor types of the modules, as far as they are written by hand; a test holds this list to the folder.
#include "CCatalog.h"

static const uint8_t auth0_bytes[] = {
#embed "types/auth0.lua"
};
static const uint8_t env_bytes[] = {
#embed "types/env.lua"
};
static const uint8_t fs_bytes[] = {
#embed "types/fs.lua"
};
static const uint8_t json_bytes[] = {
#embed "types/json.lua"
};
static const uint8_t log_bytes[] = {
#embed "types/log.lua"
};
static const uint8_t luath_bytes[] = {
#embed "types/luath.lua"
};
static const uint8_t recipe_bytes[] = {
#embed "types/recipe.lua"
};
static const uint8_t tasks_bytes[] = {
#embed "types/tasks.lua"
};

static const struct {
    const char *name;
    const uint8_t *source;
    size_t length;
} types[] = {
    {"auth0", auth0_bytes, sizeof auth0_bytes},
    {"env", env_bytes, sizeof env_bytes},
    {"fs", fs_bytes, sizeof fs_bytes},
    {"json", json_bytes, sizeof json_bytes},
    {"log", log_bytes, sizeof log_bytes},
    {"luath", luath_bytes, sizeof luath_bytes},
    {"recipe", recipe_bytes, sizeof recipe_bytes},
    {"tasks", tasks_bytes, sizeof tasks_bytes},
};

size_t luath_types_count(void) { return sizeof types / sizeof types[0]; }
const char *luath_types_name(size_t position) { return types[position].name; }
const uint8_t *luath_types_source(size_t position) { return types[position].source; }
size_t luath_types_length(size_t position) { return types[position].length; }
