#include "tests/support/stick_county.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "drivers/stick/stick.h"
#include "tests/platform/carry.h"
#include "tests/platform/incoming.h"
#include "tests/support/check.h"

struct stick_county {
    struct platform platform;
    const struct stick_keys *keys;
    char folder[512];
};

struct stick_county *stick_county_new(const char *folder, const struct stick_keys *keys)
{
    struct stick_county *c = calloc(1, sizeof(*c));
    if (!c) {
        fail_msg("no memory");
        return NULL;
    }
    snprintf(c->folder, sizeof(c->folder), "%s", folder);
    mkdir(folder, 0700);
    c->keys = keys;
    c->platform.data = c->folder;
    c->platform.ids.clock = &system_clock;
    pthread_mutex_init(&c->platform.lock, NULL);
    pthread_cond_init(&c->platform.news, NULL);
    CHECK_EQ(store_begin(&c->platform), 0);
    CHECK_EQ(carry_begin(&c->platform), 0);
    /* Thousands of flushes that prove nothing here. */
    sqlite3_exec(c->platform.db, "PRAGMA synchronous=OFF", NULL, NULL, NULL);
    return c;
}

void stick_county_free(struct stick_county *c)
{
    sqlite3_close(c->platform.db);
    free(c);
}

int stick_county_visit(struct stick_county *c, const char *mount, bool keeps_loads)
{
    AUTO(stick_free) struct stick *s = NULL;
    struct carry_visit v;
    const struct carry_options o = { &c->keys->signer_key, &c->keys->signer_pem, &c->keys->kiosk_ca,
                                     keeps_loads };
    CHECK_EQ(stick_open(&s, mount, NULL), 0);
    return carry_visit(&v, &c->platform, s, &o) ? -1 : (int)v.bad;
}

bool stick_county_network(struct stick_county *c, const char *kiosk, int64_t seq, const char *id,
                          const void *sealed, size_t length)
{
    uint8_t sum[SHA256_BYTES];
    char hex[2 * SHA256_BYTES + 1];
    const struct clock_facts sent = { .boot_id = "" };
    sha256(sum, sealed, length);
    hex_encode(hex, sum, sizeof(sum));
    struct incoming i = { .id = id,
                          .sha256 = hex,
                          .kind = "application",
                          .install_id = id,
                          .key_id = "county-1",
                          .after = "",
                          .sealed_text = "",
                          .seq = seq,
                          .suite = 1,
                          .size = (int64_t)length,
                          .clock = { .boot_id = "" } };
    CHECK_EQ(bytes_append(&i.sealed, sealed, length), 0);
    CHECK_EQ(sql_do(&c->platform, "BEGIN IMMEDIATE", ""), 0);
    json_t *verdict = submissions_take(&c->platform, kiosk, &i, &sent, 1795680000000);
    CHECK_EQ(sql_do(&c->platform, "COMMIT", ""), 0);
    const char *outcome = json_string_value(json_object_get(verdict, "outcome"));
    bool is_there = outcome && (!strcmp(outcome, "accepted") || !strcmp(outcome, "duplicate"));
    json_decref(verdict);
    bytes_clear(&i.sealed);
    return is_there;
}

int64_t stick_county_ask(struct stick_county *c, const char *question)
{
    sqlite3_stmt *q = sql(&c->platform, question, "");
    CHECK(q != NULL);
    CHECK_EQ(sqlite3_step(q), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return n;
}

void stick_county_do(struct stick_county *c, const char *text)
{
    CHECK_EQ(sqlite3_exec(c->platform.db, text, NULL, NULL, NULL), SQLITE_OK);
}

void stick_county_restore(struct stick_county *c, int64_t keep)
{
    char text[512];
    uint8_t id[UUID_BYTES];
    char before[UUID_TEXT];
    snprintf(before, sizeof(before), "%s", c->platform.epoch);
    uuid_v7(id, &c->platform.ids);
    uuid_format(c->platform.epoch, id);
    snprintf(text, sizeof(text),
             "DELETE FROM carried WHERE id IN (SELECT id FROM item WHERE n>%lld);"
             "DELETE FROM item WHERE n>%lld;"
             "UPDATE meta SET value='%s' WHERE key='epoch';"
             "INSERT OR REPLACE INTO meta VALUES('epochs_before','[\"%s\"]');",
             (long long)keep, (long long)keep, c->platform.epoch, before);
    stick_county_do(c, text);
}
