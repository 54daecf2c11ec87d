/* Languages of the screens beside Chinese and English: translations alone, added as data (docs/languages.md). What the
 * county answers for (catalogue, slips, what is signed) stays in its two languages; whoever reads another sees it in
 * English. */
#pragma once

#include <stddef.h>

enum { TONGUES_MAX = 6, TONGUE_CODE = 12, TONGUE_NAME = 32 };

struct tongue {
    char code[TONGUE_CODE]; /* the locale, as its folder is called: "ja" */
    char name[TONGUE_NAME]; /* in itself, UTF-8: "日本語" */
};

struct tongues {
    size_t count;
    struct tongue list[TONGUES_MAX]; /* by code */
};
