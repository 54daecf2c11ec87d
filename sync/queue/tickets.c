#include "sync/queue/tickets.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "sync/queue/inside.h"

/* More numbers than a new kiosk has given: one that has and finds no count has lost it. */
enum { COUNT_TEXT = 48, NEW_KIOSK_SEQ = 256 };

void tickets_next(struct ticket_count *c, const char *day)
{
    /* Only a later day begins anew; numbers given without a day belong to the one that is known next. */
    bool is_later = *day && strcmp(day, c->day) > 0;
    if (is_later && *c->day && !c->has_undated) {
        c->last = 0;
        c->is_lost = false;
    }
    if (is_later)
        memcpy(c->day, day, TICKET_DAY);
    c->has_undated = !*day || (c->has_undated && !is_later);
    c->last++;
}

/* "20261126 17 00": day or "-", last number, undated, lost. */
static void write_count(char out[COUNT_TEXT], const struct ticket_count *c)
{
    snprintf(out, COUNT_TEXT, "%s %lld %d%d", *c->day ? c->day : "-", (long long)c->last,
             c->has_undated, c->is_lost);
}

static bool read_count(struct ticket_count *out, const char *text)
{
    const char *rest = strchr(text, ' '), *flags = rest ? strchr(rest + 1, ' ') : NULL;
    char number[16];
    int last = 0;
    if (!flags || flags - rest > (int)sizeof(number) || strlen(flags) != 3)
        return false;
    snprintf(number, sizeof(number), "%.*s", (int)(flags - rest - 1), rest + 1);
    bool is_dated = rest - text == TICKET_DAY - 1;
    if (!text_to_int(&last, number) || last < 0 || (!is_dated && strncmp(text, "- ", 2) != 0))
        return false;
    *out = (struct ticket_count){ .last = last,
                                  .has_undated = flags[1] == '1',
                                  .is_lost = flags[2] == '1' };
    if (is_dated)
        memcpy(out->day, text, TICKET_DAY - 1);
    return true;
}

/* Lost: a database that was rebuilt, or none to speak of on a kiosk that has worked before. */
static int load_count(struct store *s, struct ticket_count *out, bool *was_rebuilt)
{
    char text[COUNT_TEXT] = "";
    int64_t rebuilt = 0;
    int r = store_get_i64(s, "tickets_lost", &rebuilt);
    if (!r || r == STORE_E_NONE)
        r = store_get_text(s, "tickets", text, sizeof(text));
    if (r && r != STORE_E_NONE)
        return r;
    if (r || !read_count(out, text))
        *out = (struct ticket_count){ .is_lost = s->seq_last > NEW_KIOSK_SEQ };
    *was_rebuilt = rebuilt != 0;
    return 0;
}

static int store_count(struct store *s, const struct ticket_count *c)
{
    char text[COUNT_TEXT];
    write_count(text, c);
    return store_set_text(s, "tickets", text);
}

static struct reservation *find(struct store *s, const uint8_t token[UUID_BYTES])
{
    for (size_t i = 0; i < RESERVATIONS; i++)
        if (s->reserved[i].is_used && !memcmp(s->reserved[i].token, token, UUID_BYTES))
            return &s->reserved[i];
    return NULL;
}

int tickets_take(struct store *s, int64_t *number, const uint8_t token[UUID_BYTES], const char *day)
{
    struct reservation *v = find(s, token);
    struct ticket_count count;
    bool was_rebuilt = false;
    int r = store_need(s);
    if (!r && !v)
        r = STORE_E_NONE;
    if (!r && v->ticket) {
        *number = v->ticket;
        return 0;
    }
    if (!r)
        r = load_count(s, &count, &was_rebuilt);
    if (r)
        return r;
    tickets_next(&count, day);
    count.is_lost |= was_rebuilt; /* for the rest of the day that is now */
    r = store_count(s, &count);
    if (!r && was_rebuilt)
        r = store_set_i64(s, "tickets_lost", 0);
    if (r)
        return r;
    *number = v->ticket = count.is_lost ? TICKET_LOST_FROM + v->seq % TICKET_LOST_FROM : count.last;
    return 0;
}
