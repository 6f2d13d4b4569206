// Embeds the recipes that ship with Luath; a test holds this list to the files in scripts/recipes.
#include "CCatalog.h"

static const uint8_t get_client_bytes[] = {
#embed "../../scripts/recipes/get-client.lua"
};
static const uint8_t rename_clients_bytes[] = {
#embed "../../scripts/recipes/rename-clients.lua"
};
static const uint8_t update_client_bytes[] = {
#embed "../../scripts/recipes/update-client.lua"
};
static const uint8_t update_rule_bytes[] = {
#embed "../../scripts/recipes/update-rule.lua"
};
static const uint8_t users_by_email_bytes[] = {
#embed "../../scripts/recipes/users-by-email.lua"
};

static const struct {
    const char *name;
    const uint8_t *source;
    size_t length;
} recipes[] = {
    {"get-client", get_client_bytes, sizeof get_client_bytes},
    {"rename-clients", rename_clients_bytes, sizeof rename_clients_bytes},
    {"update-client", update_client_bytes, sizeof update_client_bytes},
    {"update-rule", update_rule_bytes, sizeof update_rule_bytes},
    {"users-by-email", users_by_email_bytes, sizeof users_by_email_bytes},
};

size_t luath_recipe_count(void) { return sizeof recipes / sizeof recipes[0]; }
const char *luath_recipe_name(size_t position) { return recipes[position].name; }
const uint8_t *luath_recipe_source(size_t position) { return recipes[position].source; }
size_t luath_recipe_length(size_t position) { return recipes[position].length; }
