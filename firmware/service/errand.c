#include "firmware/service/errand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/bytes.h"
#include "firmware/base/json.h"

enum { FILES_MAX = STICK_NAMES_MAX };

struct file {
    char name[STICK_NAME];
    enum stick_kind kind;
};

struct errand {
    struct errand_report *report;
    struct stick *stick;
    const char *kiosk;
    const struct errand_ports *ports;
    struct file *files;
    size_t count;
};

enum saying saying_of_stick(int r)
{
    static const enum saying sayings[STICK_E_END] = {
        [STICK_E_NONE] = SAY_NO_STICK,       [STICK_E_NOT_OURS] = SAY_NOT_OURS,
        [STICK_E_TWO] = SAY_TWO_STICKS,      [STICK_E_FILESYSTEM] = SAY_FILESYSTEM,
        [STICK_E_ABSENT] = SAY_ABSENT,       [STICK_E_LINK] = SAY_LINK,
        [STICK_E_NO_FILE] = SAY_NO_FILE,     [STICK_E_LARGE] = SAY_TOO_LARGE,
        [STICK_E_CROWDED] = SAY_CROWDED,     [STICK_E_TWINS] = SAY_TWINS,
        [STICK_E_GONE] = SAY_PULLED,         [STICK_E_FULL] = SAY_FULL,
        [STICK_E_READ_ONLY] = SAY_READ_ONLY,
    };
    return r > 0 && r < STICK_E_END ? sayings[r] : r ? SAY_NOT_NOW : SAY_WELL;
}

static unsigned number_of(const json_t *o, const char *key)
{
    json_int_t n = json_integer_value(json_object_get(o, key));
    return n > 0 && n < INT32_MAX ? (unsigned)n : 0;
}

/* ---- asking -------------------------------------------------------------------------- */

static enum saying ask(struct errand *e, json_t *request, const struct bytes *body,
                       struct message *reply)
{
    int r = request ? e->ports->ask(e->ports->context, request, body ? body->data : NULL,
                                    body ? body->length : 0, reply)
                    : -ENOMEM;
    if (r)
        return SAY_SYNCD;
    if (json_is_true(json_object_get(reply->head, "ok")))
        return SAY_WELL;
    return strcmp(json_text_at(reply->head, "error"), "storage") != 0 ? SAY_SYNCD : SAY_NOT_NOW;
}

static void note_trouble(struct errand *e, const char *name, enum saying why)
{
    if (e->report->troubles++)
        return;
    e->report->trouble = why;
    snprintf(e->report->trouble_file, sizeof(e->report->trouble_file), "%s", name);
}

static void tell(struct errand *e)
{
    if (e->ports->progress)
        e->ports->progress(e->ports->context, e->report);
}

/* ---- what is there ------------------------------------------------------------------- */

static int note_file(void *context, const char *name, enum stick_kind kind)
{
    struct errand *e = context;
    if (e->count == FILES_MAX)
        return STICK_E_CROWDED;
    struct file *f = &e->files[e->count++];
    *f = (struct file){ .kind = kind };
    snprintf(f->name, sizeof(f->name), "%s", name);
    return 0;
}

static int compare_files(const void *a, const void *b)
{
    return strcmp(((const struct file *)a)->name, ((const struct file *)b)->name);
}

static enum saying look_around(struct errand *e)
{
    e->count = 0;
    int r = stick_list(e->stick, note_file, e);
    if (e->count)
        qsort(e->files, e->count, sizeof(*e->files), compare_files);
    return saying_of_stick(r);
}

/* "<kind>-<this kiosk>-..." */
static bool is_own(const struct errand *e, const char *name)
{
    size_t length = strlen(e->kiosk);
    const char *dash = strchr(name, '-');
    return length && dash && !strncmp(dash + 1, e->kiosk, length) && dash[1 + length] == '-';
}

/* ---- in ------------------------------------------------------------------------------ */

int errand_read_signed(struct stick *stick, struct bytes *body, const char *name)
{
    char sig[STICK_NAME];
    struct bytes signature AUTO_BYTES = { 0 };
    snprintf(sig, sizeof(sig), "%.*s.sig", (int)(strlen(name) - strlen(".json")), name);
    int r = stick_read(stick, &signature, sig);
    if (!r)
        r = bytes_append_be32(body, (uint32_t)signature.length);
    if (!r)
        r = bytes_append(body, signature.data, signature.length);
    return r ? r : stick_read(stick, body, name);
}

static void count_answer(struct errand_report *report, const json_t *head)
{
    report->answers++;
    report->settled += number_of(head, "settled");
    report->known += number_of(head, "known");
    report->refused += number_of(head, "refused");
    report->strange += number_of(head, "strange");
    report->cases += number_of(head, "cases");
}

/* One document into kiosk-syncd. Only what would stop the next one too is returned. */
static enum saying bring(struct errand *e, const char *file, const char *as,
                         struct errand_brought *out)
{
    struct bytes body AUTO_BYTES = { 0 };
    struct message reply AUTO_MESSAGE = { 0 };
    int r = errand_read_signed(e->stick, &body, file);
    if (r) {
        note_trouble(e, file, saying_of_stick(r));
        out->said = saying_of_stick(r);
        return r == STICK_E_GONE ? SAY_PULLED : SAY_WELL;
    }
    enum saying s = ask(e, json_pack("{ss, ss}", "op", "carry-in", "name", as), &body, &reply);
    if (s != SAY_WELL)
        return s;
    enum saying said = saying_find(json_text_at(reply.head, "said"));
    if (said == SAY_NOT_NOW)
        return SAY_NOT_NOW;
    out->said = said == SAY_END ? SAY_FORMAT : said;
    out->version = json_integer_value(json_object_get(reply.head, "version"));
    bool is_answer = !strcmp(as, "answer");
    if (said == SAY_WELL && is_answer)
        count_answer(e->report, reply.head);
    else if (said == SAY_WELL)
        e->report->documents++;
    else if (said != SAY_SAME)
        note_trouble(e, file, out->said);
    tell(e);
    return SAY_WELL;
}

static bool has_file(const struct errand *e, const char *name)
{
    for (size_t i = 0; i < e->count; i++)
        if (!strcmp(e->files[i].name, name))
            return true;
    return false;
}

static enum saying bring_all(struct errand *e)
{
    /* Keys first: without one nothing is accepted. The configuration names revoked sticks. */
    static const char *const documents[ERRAND_DOCUMENTS][2] = {
        [ERRAND_KEYS] = { "keys.json", "keys" },
        [ERRAND_CONFIG] = { "config.json", "config" },
        [ERRAND_CATALOGUE] = { "catalogue.json", "catalogue" },
    };
    struct errand_brought answer;
    enum saying s = SAY_WELL;
    for (size_t i = 0; s == SAY_WELL && i < ERRAND_DOCUMENTS; i++) {
        struct errand_brought *b = &e->report->brought[i];
        b->is_there = has_file(e, documents[i][0]);
        if (b->is_there)
            s = bring(e, documents[i][0], documents[i][1], b);
    }
    for (size_t i = 0; s == SAY_WELL && i < e->count; i++)
        if (e->files[i].kind == STICK_ANSWER && is_own(e, e->files[i].name))
            s = bring(e, e->files[i].name, "answer", &answer);
    return s;
}

/* ---- out ----------------------------------------------------------------------------- */

static json_t *loads_there(struct errand *e)
{
    json_t *list = json_array();
    for (size_t i = 0; i < e->count; i++) {
        int64_t bytes;
        const struct file *f = &e->files[i];
        if (f->kind == STICK_LOAD && is_own(e, f->name) && !stick_size(e->stick, &bytes, f->name))
            json_array_append_new(
                list, json_pack("{ss, sI}", "name", f->name, "bytes", (json_int_t)bytes));
    }
    return list;
}

/* One load onto the stick. *after moves on; *is_done when there is none left. */
static enum saying send_next(struct errand *e, json_t *have, int64_t *after, bool *is_done)
{
    struct message reply AUTO_MESSAGE = { 0 };
    enum saying s = ask(
        e, json_pack("{ss, sI, sO}", "op", "carry-out", "after", (json_int_t)*after, "have", have),
        NULL, &reply);
    if (s != SAY_WELL)
        return s;
    *is_done = json_is_true(json_object_get(reply.head, "done"));
    if (*is_done)
        return SAY_WELL;
    const char *name = json_text_at(reply.head, "name");
    int64_t last = json_integer_value(json_object_get(reply.head, "last"));
    bool is_there = json_is_true(json_object_get(reply.head, "there"));
    if (last <= *after || stick_kind_of(name) != STICK_LOAD)
        return SAY_SYNCD; /* it would never end */
    int r = is_there ? 0 : stick_write(e->stick, name, reply.body.data, reply.body.length);
    if (r)
        return saying_of_stick(r);
    e->report->loads += !is_there;
    e->report->loads_there += is_there;
    e->report->items += number_of(reply.head, "count");
    *after = last;
    tell(e);
    return SAY_WELL;
}

/* Files never finished. Loads stay, also those whose items have come back answered: what a kiosk has forgotten since, as
 * one whose storage was replaced has, may be on the stick alone. The county removes what it has taken. */
static enum saying sweep(struct errand *e)
{
    int r = 0;
    for (size_t i = 0; !r && i < e->count; i++)
        if (e->files[i].kind == STICK_PART && is_own(e, e->files[i].name))
            r = stick_remove(e->stick, e->files[i].name);
    return saying_of_stick(r);
}

static enum saying send_all(struct errand *e)
{
    int64_t after = 0;
    bool is_done = false;
    json_t *have = loads_there(e);
    enum saying s = have ? SAY_WELL : SAY_NOT_NOW;
    while (s == SAY_WELL && !is_done)
        s = send_next(e, have, &after, &is_done);
    json_decref(have);
    return s == SAY_WELL ? sweep(e) : s;
}

enum saying errand_run(struct errand_report *out, struct stick *stick, const char *kiosk,
                       const struct errand_ports *ports)
{
    *out = (struct errand_report){ .trouble = SAY_WELL };
    struct errand e = { .report = out,
                        .stick = stick,
                        .kiosk = kiosk,
                        .ports = ports,
                        .files = calloc(FILES_MAX, sizeof(*e.files)) };
    if (!e.files)
        return SAY_NOT_NOW;
    enum saying s = look_around(&e);
    if (s == SAY_WELL)
        s = bring_all(&e);
    if (s == SAY_WELL)
        s = send_all(&e);
    free(e.files);
    return s;
}
