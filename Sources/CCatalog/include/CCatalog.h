// The bytes that every Luath binary carries: the operation catalog, line by line, Lua preludes and recipes. They live in the program's read-only
// data, so nothing is read from disk and a moved binary still works.
#ifndef LUATH_CCATALOG_H
#define LUATH_CCATALOG_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>  // memchr, for the search of line ends

// Each file is JSON lines, sorted bytewise by name, every line beginning {"name":"...", and ending in a newline.
const uint8_t *_Nonnull luath_catalog_management(void);
size_t luath_catalog_management_length(void);
const uint8_t *_Nonnull luath_catalog_authentication(void);
size_t luath_catalog_authentication_length(void);
const uint8_t *_Nonnull luath_catalog_userinfo(void);
size_t luath_catalog_userinfo_length(void);
const uint8_t *_Nonnull luath_catalog_shapes(void);
size_t luath_catalog_shapes_length(void);
// Our own facts, named API/operation: {"name":"management/users.list",...}
const uint8_t *_Nonnull luath_catalog_overlay(void);
size_t luath_catalog_overlay_length(void);
// Names of older generations, named generation/API/name: {"name":"v2/management/getUsers",...}
const uint8_t *_Nonnull luath_catalog_legacy(void);
size_t luath_catalog_legacy_length(void);

// The Lua parts: what runs a script, and those of the modules `auth0` (with pages, events and `all_users`), `fs`, `tasks`
// and `recipe`.
const uint8_t *_Nonnull luath_prelude_main(void);
size_t luath_prelude_main_length(void);
const uint8_t *_Nonnull luath_prelude_auth0(void);
size_t luath_prelude_auth0_length(void);
const uint8_t *_Nonnull luath_prelude_fs(void);
size_t luath_prelude_fs_length(void);
const uint8_t *_Nonnull luath_prelude_tasks(void);
size_t luath_prelude_tasks_length(void);
const uint8_t *_Nonnull luath_prelude_page(void);
size_t luath_prelude_page_length(void);
const uint8_t *_Nonnull luath_prelude_events(void);
size_t luath_prelude_events_length(void);
const uint8_t *_Nonnull luath_prelude_all_users(void);
size_t luath_prelude_all_users_length(void);
const uint8_t *_Nonnull luath_prelude_recipe(void);
size_t luath_prelude_recipe_length(void);
// Of `auth0.v4` and `auth0.v2`.
const uint8_t *_Nonnull luath_prelude_legacy(void);
size_t luath_prelude_legacy_length(void);

// The recipes of scripts/recipes, by position from 0 to luath_recipe_count() - 1.
size_t luath_recipe_count(void);
const char *_Nonnull luath_recipe_name(size_t position);
const uint8_t *_Nonnull luath_recipe_source(size_t position);
size_t luath_recipe_length(size_t position);

// The editor types of modules, by position from 0 to luath_types_count() - 1; a module's dots are slashes in its name.
size_t luath_types_count(void);
const char *_Nonnull luath_types_name(size_t position);
const uint8_t *_Nonnull luath_types_source(size_t position);
size_t luath_types_length(size_t position);

#endif
