// Embeds the catalog's files (C23 #embed). Swift literals of this size do not compile in reasonable time.
#include "CCatalog.h"

#define LUATH_EMBED(name)                                                       \
    const uint8_t *luath_catalog_##name(void) { return name##_bytes; }          \
    size_t luath_catalog_##name##_length(void) { return sizeof name##_bytes; }

static const uint8_t management_bytes[] = {
#embed "data/management.ndjson"
};
static const uint8_t authentication_bytes[] = {
#embed "data/authentication.ndjson"
};
static const uint8_t userinfo_bytes[] = {
#embed "data/userinfo.ndjson"
};
static const uint8_t shapes_bytes[] = {
#embed "data/shapes.ndjson"
};
static const uint8_t overlay_bytes[] = {
#embed "data/overlay.ndjson"
};
static const uint8_t legacy_bytes[] = {
#embed "data/legacy.ndjson"
};

LUATH_EMBED(management)
LUATH_EMBED(authentication)
LUATH_EMBED(userinfo)
LUATH_EMBED(shapes)
LUATH_EMBED(overlay)
LUATH_EMBED(legacy)
