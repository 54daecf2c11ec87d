/* Certificates that the county holds for a resident (一证通办, SS-01), as its answer to a live question tells them.
 * Person data. Pure. */
#pragma once

#include <stddef.h>

#include "firmware/base/fault.h"
#include "firmware/catalogue/catalogue.h"

enum {
    CERTIFICATES_MAX = 8,
    CERTIFICATE_VALUES = 6,
    CERTIFICATE_PAPER = 41,
    CERTIFICATE_ID = 65,
    CERTIFICATE_VERSION = 17,
    CERTIFICATE_WORDS = 121,
    CERTIFICATE_VALUE = 301,
};

struct certificate_value {
    char name[FIELD_NAME]; /* the catalogue's `fills` say which question it answers */
    char label[LANGUAGE_COUNT][CERTIFICATE_WORDS]; /* what it is called where no question does */
    enum field_mask mask;
    char value[CERTIFICATE_VALUE];
};

struct certificate {
    char paper[CERTIFICATE_PAPER]; /* id of a material */
    char id[CERTIFICATE_ID], version[CERTIFICATE_VERSION];
    char office[LANGUAGE_COUNT][CERTIFICATE_WORDS]; /* who issued it */
    char issued[9], until[9];                       /* YYYYMMDD; until "": no end */
    size_t value_count;
    struct certificate_value values[CERTIFICATE_VALUES];
};

struct certificates {
    size_t count;
    struct certificate list[CERTIFICATES_MAX];
};

/* Read the opened answer to the question of that id (sync/api/live-question.md), strictly: one thing that is not as
 * described, and all of it counts for nothing. 0 or -EBADMSG; then `out` is empty. */
NODISCARD int certificates_read(struct certificates *out, const void *json, size_t length,
                                const char *question);
/* The value of that name, or NULL. */
const struct certificate_value *certificate_find(const struct certificate *c, const char *name);
