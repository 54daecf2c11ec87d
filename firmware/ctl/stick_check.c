/* kioskctl stick check: what is on a stick, and what a kiosk would say to it. Reads only. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board/board.h"
#include "firmware/base/clock.h"
#include "firmware/base/json.h"
#include "firmware/ctl/stick_inside.h"
#include "firmware/service/errand.h"
#include "firmware/service/token.h"
#include "firmware/update/manifest.h"

struct check {
    const struct ctl *c;
    struct stick *stick;
    const struct trust *trust;
    json_t *files;
    int findings;
};

static void tell(struct check *k, const char *name, const char *detail, enum saying s)
{
    k->findings += s != SAY_WELL;
    if (k->c->is_json)
        json_array_append_new(k->files,
                              json_pack("{ss, ss, ss, ss}", "name", name, "detail", detail, "state",
                                        saying_word(s), "says", saying_en(s)));
    else
        printf("%-7s %-44s %s%s%s\n", s == SAY_WELL ? "well" : "mend", name, detail,
               s == SAY_WELL ? "" : " ", s == SAY_WELL ? "" : saying_en(s));
}

/* A document beside its signature; SAY_WELL when that holds. */
static enum saying read_signed(struct check *k, struct bytes *document, const char *name)
{
    char sig[STICK_NAME];
    struct bytes signature AUTO_BYTES = { 0 };
    snprintf(sig, sizeof(sig), "%.*s.sig", (int)(strlen(name) - strlen(".json")), name);
    int r = stick_read(k->stick, document, name);
    if (!r)
        r = stick_read(k->stick, &signature, sig);
    if (r)
        return saying_of_stick(r);
    return document_verify(k->trust, document->data, document->length, signature.data,
                           signature.length, 0)
               ? SAY_SIGNATURE
               : SAY_WELL;
}

/* ---- the token ----------------------------------------------------------------------- */

static void describe(char out[200], const struct token *t)
{
    char until[21];
    clock_format_utc(until, t->to_ms);
    snprintf(out, 200, "%s, %s, until %s, for %s%s", t->serial, role_word(t->role), until,
             t->kiosks[0], t->kiosk_count > 1 ? " and others" : "");
}

static void check_token(struct check *k, const char *kiosk)
{
    struct bytes document AUTO_BYTES = { 0 };
    char detail[200] = "", complaint[320];
    struct token t;
    enum saying s = read_signed(k, &document, "stick.json");
    if (s == SAY_WELL)
        s = token_parse(&t, document.data, document.length, complaint);
    if (s == SAY_WELL) {
        describe(detail, &t);
        /* Without a kiosk in mind: does it fit the first one it names? */
        char own[KIOSKS_TEXT];
        snprintf(own, sizeof(own), "%.*s", (int)strcspn(t.kiosks[0], "*"), t.kiosks[0]);
        const struct token_scene scene = { .kiosk = kiosk ? kiosk : own,
                                           .wall_ms = system_clock.wall_ms(&system_clock),
                                           .quality = CLOCK_NTP };
        s = token_judge(&t, &scene);
    }
    tell(k, "stick.json", detail, s);
}

/* ---- other files --------------------------------------------------------------------- */

static int sum_up(uint8_t out[SHA256_BYTES], struct stick_stream *t)
{
    static uint8_t piece[256 * 1024];
    struct sha256_sum *sum = sha256_begin();
    size_t got = 1;
    int r = 0;
    while (!r && got) {
        r = stick_stream_read(t, piece, sizeof(piece), &got);
        if (!r)
            sha256_add(sum, piece, got);
    }
    sha256_end(sum, r ? NULL : out);
    return r;
}

static void check_document(struct check *k, const char *name, enum stick_kind kind)
{
    struct bytes document AUTO_BYTES = { 0 };
    char detail[120] = "", complaint[JSON_COMPLAINT];
    enum saying s = read_signed(k, &document, name);
    AUTO(json_release)
    json_t *o = s == SAY_WELL ? json_parse(document.data, document.length, complaint) : NULL;
    if (s == SAY_WELL && !o)
        s = SAY_FORMAT;
    if (o && kind == STICK_ANSWER)
        snprintf(detail, sizeof(detail), "%zu items, %zu cases",
                 json_array_size(json_object_get(o, "results")),
                 json_array_size(json_object_get(o, "entries")));
    else if (o && kind == STICK_JOIN)
        snprintf(detail, sizeof(detail), "certificate of %s, until %s", json_text_at(o, "kiosk_id"),
                 json_text_at(o, "not_after"));
    else if (o)
        snprintf(detail, sizeof(detail), "version %lld",
                 (long long)json_integer_value(json_object_get(o, "version")));
    tell(k, name, detail, s);
}

/* The file the signed list has, byte for byte? For which board and over which version is for the kiosk to say. */
static void check_bundle(struct check *k, const char *name)
{
    struct bytes document AUTO_BYTES = { 0 };
    struct update_manifest *m = calloc(1, sizeof(*m));
    struct stick_stream t = { .fd = -1 };
    char detail[80] = "", complaint[UPDATE_COMPLAINT];
    uint8_t sum[SHA256_BYTES];
    enum saying s = m ? read_signed(k, &document, "updates.json") : SAY_NOT_NOW;
    if (s == SAY_WELL && update_manifest_read(m, document.data, document.length, complaint))
        s = SAY_FORMAT;
    if (s == SAY_WELL)
        s = saying_of_stick(stick_stream_open(&t, k->stick, name));
    if (s == SAY_WELL)
        s = saying_of_stick(sum_up(sum, &t));
    bool is_listed = false;
    for (size_t i = 0; s == SAY_WELL && !is_listed && i < m->count; i++) {
        is_listed = !memcmp(m->updates[i].sha256, sum, sizeof(sum));
        if (is_listed)
            snprintf(detail, sizeof(detail), "%s for %s", m->updates[i].version,
                     m->updates[i].board);
    }
    stick_stream_close(&t);
    free(m);
    tell(k, name, detail, s == SAY_WELL && !is_listed ? SAY_NOT_LISTED : s);
}

static int check_file(void *context, const char *name, enum stick_kind kind)
{
    struct check *k = context;
    char detail[40];
    int64_t bytes = 0;
    if (kind == STICK_DOCUMENT || kind == STICK_ANSWER || kind == STICK_JOIN)
        check_document(k, name, kind);
    if (kind == STICK_BUNDLE)
        check_bundle(k, name);
    if (kind != STICK_LOAD && kind != STICK_LOG && kind != STICK_PART && kind != STICK_REQUEST)
        return 0;
    int r = stick_size(k->stick, &bytes, name);
    snprintf(detail, sizeof(detail), "%lld bytes", (long long)bytes);
    tell(k, name, kind == STICK_PART ? "never finished" : detail, saying_of_stick(r));
    return 0;
}

int ctl_stick_check(const struct ctl *c, const char *mount, int argc, char **argv)
{
    static const char *const names[] = { "kiosk", "trust", NULL };
    AUTO(stick_free) struct stick *stick = NULL;
    AUTO(trust_free) struct trust *trust = NULL;
    if (!ctl_values_are_known(argc, argv, names))
        return 2;
    const char *folder = ctl_value(argc, argv, "trust");
    folder = folder ? folder : this_board.trust;
    if (trust_load(&trust, folder))
        return ctl_fail("%s holds no certificates of a county", folder);
    if (ctl_open_stick(&stick, mount))
        return 1;
    struct check k = { .c = c, .stick = stick, .trust = trust, .files = json_array() };
    check_token(&k, ctl_value(argc, argv, "kiosk"));
    int r = stick_list(stick, check_file, &k);
    if (r)
        tell(&k, mount, "", saying_of_stick(r));
    if (c->is_json)
        ctl_print_json(json_pack("{si, sO}", "findings", k.findings, "files", k.files));
    json_decref(k.files);
    return k.findings ? 1 : 0;
}
