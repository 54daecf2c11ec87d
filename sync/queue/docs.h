/* Signed documents of the county (keys, catalogue, config): the last good version of each. Whether
 * one is good is judged by sync/feed before it comes here. */
#pragma once

#include "firmware/base/bytes.h"
#include "sync/queue/store.h"

enum { ETAG_TEXT = 200 };

struct doc_facts {
    int64_t version;
    char etag[ETAG_TEXT];
};
/* Replace the document in one commit. */
NODISCARD int docs_put(struct store *s, const char *name, const struct doc_facts *facts,
                       const struct bytes *body, const struct bytes *signature);
NODISCARD int docs_facts(struct store *s, const char *name, struct doc_facts *out);
/* Appends to both. */
NODISCARD int docs_get(struct store *s, const char *name, struct bytes *body,
                       struct bytes *signature);
