/* What the county has of a person's own cases, whatever kiosk they came from. It opens each item once and remembers digests in
 * memory alone: the database never says whose an item is. What may be said in confidence is never found by a card. */
#pragma once

#include <jansson.h>
#include <sqlite3.h>
#include <stdbool.h>

#include "firmware/base/bytes.h"
#include "firmware/base/ident.h"

enum { CASES_ANSWERED = 12 };

/* Whose, of each item; grows as items come in. Zeroed at first; cases_free() ends it. */
struct cases {
    struct case_owner *list;
    size_t count, room;
    int64_t last; /* n of the last item that was opened */
};

/* Opens one row, for who keeps the key: the item, or NULL. */
typedef json_t *(*cases_open)(const void *context, const char *id);

/* Does an opened question ask for cases? */
bool cases_is_asked(const json_t *question);
/* The sealed answer (sync/api/live-question.md). 0, -EBADMSG when it is no question of that kiosk with that id, or a fault. */
NODISCARD int cases_answer(struct cases *c, struct bytes *reply, sqlite3 *db, cases_open open,
                           const void *context, const json_t *question, const char *kiosk,
                           const char *id);
/* Whose is the application with that number? `id` is the one that this person made, "" when none of those that have come is
 * theirs; `known` counts them. 0 or a fault. */
NODISCARD int cases_whose(struct cases *c, char id[UUID_TEXT], size_t *known, sqlite3 *db,
                          cases_open open, const void *context, const char *receipt,
                          const json_t *person);
void cases_free(struct cases *c);
