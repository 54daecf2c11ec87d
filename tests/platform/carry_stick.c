/* A stick at the county: its loads in, answers and documents onto it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/stick/stick.h"
#include "firmware/base/log.h"
#include "firmware/seal/sign.h"
#include "tests/platform/carry.h"
#include "tests/platform/logs.h"

enum { LOADS_MAX = 4096 };

struct visit {
    struct platform *platform;
    struct stick *stick;
    const struct carry_options *o;
    struct carry_visit *out;
    char (*names)[STICK_NAME];
    size_t count;
    char (*logs)[STICK_NAME];
    size_t log_count;
};

/* ---- loads --------------------------------------------------------------------------- */

static int note_load(void *context, const char *name, enum stick_kind kind)
{
    struct visit *t = context;
    if (kind == STICK_LOAD && t->count < LOADS_MAX)
        snprintf(t->names[t->count++], STICK_NAME, "%s", name);
    return 0;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* 0 also for a file that is no good: it is told, and stays. */
static int take_load(struct visit *t, const char *name, bool *is_taken)
{
    static const char *const why[] = { "", "no load of a kiosk", "cut short or damaged",
                                       "not signed by the kiosk it names" };
    struct bytes file AUTO_BYTES = { 0 };
    struct carry_report report = { 0 };
    int r = stick_read(t->stick, &file, name);
    if (!r) {
        r = carry_take(t->platform, &report, file.data, file.length, t->o->kiosk_ca);
        if (r < 0)
            return r;
    } else if (r > 0) {
        r = LOAD_E_DAMAGED;
    }
    *is_taken = !r;
    if (r > 0) {
        log_line(LOG_WARNING, "carry", "%s: %s", name, why[r]);
        t->out->bad++;
        r = stick_set_aside(t->stick, name);
        return r == STICK_E_GONE || r < 0 ? r : 0;
    }
    t->out->sum.accepted += report.accepted;
    t->out->sum.duplicate += report.duplicate;
    t->out->sum.refused += report.refused;
    t->out->sum.later += report.later;
    return r;
}

/* ---- logs ---------------------------------------------------------------------------- */

static int note_log(void *context, const char *name, enum stick_kind kind)
{
    struct visit *t = context;
    if (kind == STICK_LOG && t->log_count < LOADS_MAX)
        snprintf(t->logs[t->log_count++], STICK_NAME, "%s", name);
    return 0;
}

/* What a kiosk signed is kept and goes; what nobody signed stays where it is, and is told. */
static int take_log(struct visit *t, const char *name)
{
    struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    char sig[STICK_NAME];
    bool is_new;
    snprintf(sig, sizeof(sig), "%.*s.sig", (int)(strlen(name) - strlen(".json")), name);
    int r = stick_read(t->stick, &document, name);
    if (!r)
        r = stick_read(t->stick, &signature, sig);
    if (r == STICK_E_GONE || r < 0)
        return r;
    r = r ? LOGS_E_SIGNATURE
          : logs_take(t->platform, &is_new, &document, &signature, t->o->kiosk_ca);
    if (r < 0)
        return r;
    if (r) {
        log_line(LOG_WARNING, "carry", "%s: no log that its kiosk has signed", name);
        t->out->bad++;
        return 0;
    }
    t->out->logs += is_new;
    t->out->logs_known += !is_new;
    if (t->o->keeps_loads)
        return 0;
    r = stick_remove(t->stick, name);
    return r ? r : stick_remove(t->stick, sig);
}

static int take_logs(struct visit *t)
{
    t->logs = calloc(LOADS_MAX, STICK_NAME);
    int r = t->logs ? stick_list(t->stick, note_log, t) : -ENOMEM;
    for (size_t i = 0; !r && i < t->log_count; i++)
        r = take_log(t, t->logs[i]);
    free(t->logs);
    return r;
}

/* ---- answers ------------------------------------------------------------------------- */

static int write_signed(struct visit *t, const char *name, const void *document, size_t length)
{
    char file[STICK_NAME];
    struct bytes signature AUTO_BYTES = { 0 };
    int r = document_sign(&signature, document, length, t->o->signer_key, t->o->signer_pem);
    /* The signature first: a document is never there without it. */
    snprintf(file, sizeof(file), "%s.sig", name);
    if (!r)
        r = stick_write(t->stick, file, signature.data, signature.length);
    snprintf(file, sizeof(file), "%s.json", name);
    return r ? r : stick_write(t->stick, file, document, length);
}

static int write_answer(void *context, const char *name, const char *document)
{
    struct visit *t = context;
    t->out->answers++;
    return write_signed(t, name, document, strlen(document));
}

static int write_answers(void *context, const char *kiosk)
{
    struct visit *t = context;
    return carry_answers(t->platform, kiosk, write_answer, t);
}

static int drop_old_answer(void *context, const char *name, enum stick_kind kind)
{
    struct visit *t = context;
    bool is_answer =
        kind == STICK_ANSWER || (kind == STICK_SIGNATURE && !strncmp(name, "ack-", strlen("ack-")));
    return is_answer ? stick_remove(t->stick, name) : 0;
}

static int write_documents(struct visit *t)
{
    static const char *const names[DOCUMENT_COUNT] = { "keys", "catalogue", "config" };
    int r = 0;
    for (int i = 0; !r && i < DOCUMENT_COUNT; i++) {
        const struct bytes *body = &t->platform->documents[i].body;
        r = write_signed(t, names[i], body->data, body->length);
        t->out->documents += !r;
    }
    return r;
}

/* ---- all ----------------------------------------------------------------------------- */

static int visit(struct visit *t)
{
    bool *taken = calloc(LOADS_MAX, sizeof(*taken));
    t->names = calloc(LOADS_MAX, STICK_NAME);
    int r = t->names && taken ? stick_list(t->stick, note_load, t) : -ENOMEM;
    if (!r && t->count)
        qsort(t->names, t->count, STICK_NAME, compare_names);
    for (size_t i = 0; !r && i < t->count; i++)
        r = take_load(t, t->names[i], &taken[i]);
    if (!r)
        r = take_logs(t);
    if (!r)
        r = stick_list(t->stick, drop_old_answer, t);
    if (!r)
        r = carry_kiosks(t->platform, write_answers, t);
    if (!r && t->platform->catalogue)
        r = write_documents(t);
    /* Only now: whatever happens before, the loads are still there. */
    for (size_t i = 0; !r && !t->o->keeps_loads && i < t->count; i++)
        if (taken[i])
            r = stick_remove(t->stick, t->names[i]);
    free(taken);
    free(t->names);
    return r;
}

int carry_visit(struct carry_visit *out, struct platform *p, struct stick *stick,
                const struct carry_options *options)
{
    struct visit v = { .platform = p, .stick = stick, .o = options, .out = out };
    *out = (struct carry_visit){ 0 };
    int r = visit(&v);
    out->loads = v.count;
    return r;
}
