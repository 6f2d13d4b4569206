// The bytes that every Luath binary carries: the operation catalog, line by line. They live in the program's read-only
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

#endif
