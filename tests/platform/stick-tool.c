/* stick-tool: the county's end of a service stick that carries. Takes the loads of kiosks in, writes answers and
 * documents. Making a stick is kioskctl's work. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/stick/stick.h"
#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "tests/platform/carry.h"
#include "tests/platform/join.h"
#include "tests/platform/logs.h"

enum { PEM_MAX = 64 * 1024 };

struct tool {
    struct platform platform;
    struct stick *stick;
    struct bytes signer_key, signer_pem, kiosk_ca;
    struct carry_visit visit;
    const char *join, *code; /* a kiosk to be, and the code of its request */
    struct join_visit joined;
    bool keeps_loads;
};

static int read_pem(struct bytes *out, const char *folder, const char *name)
{
    char path[4096];
    uint8_t text[PEM_MAX];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *f = fopen(path, "re");
    size_t n = f ? fread(text, 1, sizeof(text), f) : 0;
    if (f)
        fclose(f);
    if (!n)
        log_line(LOG_ERROR, "stick-tool", "%s cannot be read", path);
    int r = n ? bytes_append(out, text, n) : -ENOENT;
    explicit_bzero(text, sizeof(text));
    return r;
}

/* ---- all ---------------------------------------------------------------------------- */

static int begin(struct tool *t, const char *mount)
{
    struct platform *p = &t->platform;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->news, NULL);
    p->ids.clock = &system_clock;
    int r = read_pem(&t->signer_key, p->keys, "signer.key");
    if (!r)
        r = read_pem(&t->signer_pem, p->keys, "signer.pem");
    if (!r)
        r = read_pem(&t->kiosk_ca, p->keys, "kiosk-ca.pem");
    if (!r)
        r = store_begin(p);
    if (!r)
        r = carry_begin(p);
    if (!r)
        r = logs_begin(p);
    if (!r && p->catalogue)
        r = documents_begin(p);
    return r ? r : stick_open(&t->stick, mount, NULL);
}

static int carry(struct tool *t)
{
    const struct carry_options o = { &t->signer_key, &t->signer_pem, &t->kiosk_ca, t->keeps_loads };
    return carry_visit(&t->visit, &t->platform, t->stick, &o);
}

static void print_report(const struct carry_visit *v, const struct join_visit *j)
{
    printf(
        "{\"loads\":%zu,\"bad\":%zu,\"accepted\":%u,\"duplicate\":%u,\"refused\":%u,\"later\":%u,"
        "\"answers\":%u,\"documents\":%u,\"logs\":%u,\"logs_known\":%u,\"joined\":\"%s\"}\n",
        v->loads, v->bad, v->sum.accepted, v->sum.duplicate, v->sum.refused, v->sum.later,
        v->answers, v->documents, v->logs, v->logs_known, j->code);
}

static void end(struct tool *t)
{
    stick_free(t->stick);
    bytes_clear(&t->signer_key);
    bytes_clear(&t->signer_pem);
    bytes_clear(&t->kiosk_ca);
    documents_end(&t->platform);
    sqlite3_close(t->platform.db);
}

int main(int argc, char **argv)
{
    static struct tool t;
    static const struct option longs[] = {
        { "data", 1, NULL, 'd' },       { "keys", 1, NULL, 'k' },
        { "catalogue", 1, NULL, 'c' },  { "config", 1, NULL, 'f' },
        { "keep-loads", 0, NULL, 'l' }, { "join", 1, NULL, 'j' },
        { "code", 1, NULL, 'o' },       { NULL, 0, NULL, 0 }
    };
    int id;
    while ((id = getopt_long(argc, argv, "", longs, NULL)) != -1) {
        t.platform.data = id == 'd' ? optarg : t.platform.data;
        t.platform.keys = id == 'k' ? optarg : t.platform.keys;
        t.platform.catalogue = id == 'c' ? optarg : t.platform.catalogue;
        t.platform.config = id == 'f' ? optarg : t.platform.config;
        t.join = id == 'j' ? optarg : t.join;
        t.code = id == 'o' ? optarg : t.code;
        t.keeps_loads |= id == 'l';
    }
    if (optind != argc - 1 || !t.platform.data || !t.platform.keys) {
        fputs("usage: stick-tool --data DIR --keys DIR [--catalogue FILE [--config FILE]]\n"
              "                  [--keep-loads] [--join KIOSK [--code CODE]] MOUNT\n",
              stderr);
        return 2;
    }
    int r = begin(&t, argv[optind]);
    if (!r && t.join)
        r = join_visit(&t.joined, &t.platform, t.stick, t.join, t.code, &t.signer_key,
                       &t.signer_pem);
    if (!r)
        r = carry(&t);
    if (!r)
        print_report(&t.visit, &t.joined);
    else
        fprintf(stderr, "stick-tool: stopped (%d); nothing is lost, begin again\n", r);
    end(&t);
    return r || t.visit.bad ? 1 : 0;
}
