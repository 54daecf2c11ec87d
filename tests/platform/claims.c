/* What was said in confidence (SS-55) is answered under the hash of the code on the slip, never under the number. Which
 * code that is stands inside the seal. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/desk.h"

/* Is it known already, with or without a code? */
static bool is_known(struct platform *p, const char *item)
{
    sqlite3_stmt *q = sql(p, "SELECT 1 FROM claim WHERE item=?", "t", item);
    bool found = q && sqlite3_step(q) == SQLITE_ROW;
    sqlite3_finalize(q);
    return found;
}

bool claim_find(struct platform *p, char out[HASH_HEX + 1], const char *item)
{
    sqlite3_stmt *q = sql(p, "SELECT hash FROM claim WHERE item=? AND hash<>''", "t", item);
    bool found = q && sqlite3_step(q) == SQLITE_ROW;
    text_copy(out, HASH_HEX + 1, found ? sql_text(q, 0) : "");
    sqlite3_finalize(q);
    return found;
}

bool claim_learn(struct platform *p, const char *item)
{
    char line[UUID_TEXT + 8];
    pthread_mutex_lock(&p->lock);
    bool was_known = is_known(p, item);
    pthread_mutex_unlock(&p->lock);
    if (was_known)
        return true;
    snprintf(line, sizeof(line), "open %.36s", item);
    AUTO(json_release) json_t *opened = opener_ask(p, line);
    if (!opened)
        return false;
    const char *hash = json_string_value(json_object_get(json_object_get(opened, "item"), "claim"));
    bool is_hash = hash && strlen(hash) == HASH_HEX && strspn(hash, "0123456789abcdef") == HASH_HEX;
    pthread_mutex_lock(&p->lock);
    int r = sql_do(p, "INSERT OR IGNORE INTO claim(item, hash) SELECT id, ? FROM item WHERE id=?",
                   "tt", is_hash ? hash : "", item);
    pthread_mutex_unlock(&p->lock);
    return !r;
}
