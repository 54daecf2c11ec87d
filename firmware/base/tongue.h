/* Languages beside Chinese and English: translations alone, added as data (docs/languages.md). What is signed, and what
 * the county gets, stays in its two languages; a text that is not translated is shown in English. */
#pragma once

#include <stddef.h>

enum { TONGUES_MAX = 6, TONGUE_CODE = 12, TONGUE_NAME = 32 };

struct tongue {
    char code[TONGUE_CODE];  /* the locale, as its folder is called: "ja" */
    char name[TONGUE_NAME];  /* in itself, UTF-8: "日本語" */
    char voice[TONGUE_CODE]; /* of the speech engine: "ja"; "" it is read out in English */
};

struct tongues {
    size_t count;
    struct tongue list[TONGUES_MAX]; /* by code */
};
