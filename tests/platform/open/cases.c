#include "tests/platform/open/cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/ident.h"
#include "firmware/base/json.h"
#include "firmware/base/locked.h"
#include "firmware/seal/reply.h"

struct case_owner {
    int64_t n;
    uint8_t who[SHA256_BYTES];
    char code[8];
};

static const char *text_at(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text ? text : "";
}

/* Both must fit: a number alone may be mistyped, and then it is somebody else's. */
static bool digest(uint8_t out[SHA256_BYTES], const json_t *person)
{
    char text[512];
    int n = snprintf(text, sizeof(text), "%s\n%s", json_text_at(person, "number"),
                     json_text_at(person, "name"));
    bool is_person = *json_text_at(person, "number") && n > 0 && (size_t)n < sizeof(text);
    if (is_person)
        sha256(out, text, (size_t)n);
    explicit_bzero(text, sizeof(text));
    return is_person;
}

/* ---- whose ---------------------------------------------------------------------------- */

static int remember(struct cases *c, int64_t n, const json_t *item)
{
    struct case_owner one = { .n = n };
    /* What may be done without a name has a code of its own, and is under that alone. */
    if (json_object_get(item, "claim") || !digest(one.who, json_object_get(item, "resident")))
        return 0;
    if (c->count == c->room) {
        size_t room = c->room ? 2 * c->room : 64;
        struct case_owner *list = reallocarray(c->list, room, sizeof(*list));
        if (!list)
            return fault_raise(-ENOMEM);
        c->list = list;
        c->room = room;
    }
    snprintf(one.code, sizeof(one.code), "%s",
             json_text_at(json_object_get(item, "manifest"), "item_code"));
    c->list[c->count++] = one;
    return 0;
}

static int learn(struct cases *c, sqlite3 *db, cases_open open, const void *context)
{
    sqlite3_stmt *q = NULL;
    int r = sqlite3_prepare_v2(db,
                               "SELECT n, id FROM item WHERE n>? AND kind IN"
                               " ('application','appointment') ORDER BY n",
                               -1, &q, NULL) == SQLITE_OK &&
                    sqlite3_bind_int64(q, 1, c->last) == SQLITE_OK
                ? 0
                : fault_raise(-EIO);
    while (!r && sqlite3_step(q) == SQLITE_ROW) {
        AUTO(json_release) json_t *item = open(context, text_at(q, 1));
        c->last = sqlite3_column_int64(q, 0);
        r = item ? remember(c, c->last, item) : 0;
    }
    sqlite3_finalize(q);
    return r;
}

/* ---- how it stands ------------------------------------------------------------------- */

static void add_text(json_t *o, const char *name, const char *text)
{
    if (*text)
        json_object_set_new(o, name, json_string(text));
}

static void add_json(json_t *o, const char *name, const char *text)
{
    char complaint[JSON_COMPLAINT];
    if (strcmp(text, "[]") != 0 && strcmp(text, "{}") != 0)
        json_object_set_new(o, name, json_parse(text, strlen(text), complaint));
}

/* What its own kiosk was told last; until then it is received. */
static json_t *entry_of(sqlite3 *db, const char *receipt, const char *received)
{
    uint8_t sum[SHA256_BYTES];
    char hash[2 * SHA256_BYTES + 1];
    sqlite3_stmt *q = NULL;
    json_t *o = json_pack("{ss, ss}", "state", "received", "changed_at", received);
    sha256(sum, receipt, strlen(receipt));
    hex_encode(hash, sum, sizeof(sum));
    if (sqlite3_prepare_v2(db,
                           "SELECT state, changed_at, due, server_ref, note, missing, facts,"
                           " coalesce(t.body,'{}') FROM feed f LEFT JOIN feed_timeline t ON"
                           " t.pos=f.pos WHERE receipt_hash=? ORDER BY f.pos DESC LIMIT 1",
                           -1, &q, NULL) == SQLITE_OK &&
        sqlite3_bind_text(q, 1, hash, -1, SQLITE_TRANSIENT) == SQLITE_OK &&
        sqlite3_step(q) == SQLITE_ROW) {
        static const char *const texts[] = { "state", "changed_at", "due", "server_ref", "note" };
        static const char *const objects[] = { "missing", "facts", "timeline" };
        for (int i = 0; i < 5; i++)
            add_text(o, texts[i], text_at(q, i));
        for (int i = 0; i < 3; i++)
            add_json(o, objects[i], text_at(q, 5 + i));
    }
    sqlite3_finalize(q);
    return o;
}

static json_t *row_of(sqlite3 *db, const struct case_owner *one)
{
    sqlite3_stmt *q = NULL;
    json_t *o = NULL;
    if (sqlite3_prepare_v2(db, "SELECT receipt, kind, received_at FROM item WHERE n=?", -1, &q,
                           NULL) == SQLITE_OK &&
        sqlite3_bind_int64(q, 1, one->n) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW)
        o = json_pack("{ss, ss, ss, so}", "receipt", text_at(q, 0), "item_code", one->code, "kind",
                      text_at(q, 1), "entry", entry_of(db, text_at(q, 0), text_at(q, 2)));
    sqlite3_finalize(q);
    return o;
}

/* The newest first. */
static json_t *found(const struct cases *c, sqlite3 *db, const uint8_t who[SHA256_BYTES])
{
    json_t *list = json_array();
    for (size_t i = c->count; i && json_array_size(list) < CASES_ANSWERED; i--)
        if (!memcmp(c->list[i - 1].who, who, SHA256_BYTES))
            json_array_append_new(list, row_of(db, &c->list[i - 1]));
    return list;
}

/* ---- the answer ---------------------------------------------------------------------- */

bool cases_is_asked(const json_t *question)
{
    return json_is_true(json_object_get(question, "matters"));
}

static bool is_question(const json_t *question, const char *kiosk, const char *id)
{
    const json_t *manifest = json_object_get(question, "question");
    return json_integer_value(json_object_get(question, "schema")) == 1 &&
           !strcmp(json_text_at(manifest, "id"), id) &&
           !strcmp(json_text_at(manifest, "kiosk_id"), kiosk);
}

int cases_answer(struct cases *c, struct bytes *reply, sqlite3 *db, cases_open open,
                 const void *context, const json_t *question, const char *kiosk, const char *id)
{
    uint8_t key[REPLY_KEY], who[SHA256_BYTES];
    if (!is_question(question, kiosk, id) || !digest(who, json_object_get(question, "person")) ||
        hex_decode(key, sizeof(key), json_text_at(question, "reply_key")))
        return -EBADMSG;
    int r = learn(c, db, open, context);
    AUTO(json_release)
    json_t *o =
        r ? NULL
          : json_pack("{si, ss, so}", "schema", 1, "question", id, "matters", found(c, db, who));
    char *text = o ? json_canonical(o) : NULL;
    if (!r)
        r = text ? reply_seal(reply, key, id, text, strlen(text)) : fault_raise(-ENOMEM);
    json_text_free(text);
    explicit_bzero(key, sizeof(key));
    return r;
}

static bool is_owner(const struct cases *c, int64_t n, const uint8_t who[SHA256_BYTES])
{
    for (size_t i = 0; i < c->count; i++)
        if (c->list[i].n == n)
            return !memcmp(c->list[i].who, who, SHA256_BYTES);
    return false;
}

int cases_whose(struct cases *c, char id[UUID_TEXT], size_t *known, sqlite3 *db, cases_open open,
                const void *context, const char *receipt, const json_t *person)
{
    sqlite3_stmt *q = NULL;
    uint8_t who[SHA256_BYTES];
    bool has_person = digest(who, person);
    *known = 0;
    *id = 0;
    int r = learn(c, db, open, context);
    if (!r && (sqlite3_prepare_v2(
                   db, "SELECT n, id FROM item WHERE receipt=? AND kind='application' ORDER BY n",
                   -1, &q, NULL) != SQLITE_OK ||
               sqlite3_bind_text(q, 1, receipt, -1, SQLITE_TRANSIENT) != SQLITE_OK))
        r = fault_raise(-EIO);
    for (; !r && sqlite3_step(q) == SQLITE_ROW; ++*known)
        if (has_person && is_owner(c, sqlite3_column_int64(q, 0), who))
            snprintf(id, UUID_TEXT, "%s", text_at(q, 1));
    sqlite3_finalize(q);
    explicit_bzero(who, sizeof(who));
    return r;
}

void cases_free(struct cases *c)
{
    free(c->list);
    *c = (struct cases){ 0 };
}
