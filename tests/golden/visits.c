#include "tests/golden/visits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/support/test_keys.h"
#include "tests/support/check.h"
#include "ui/text/tr.h"

static const int64_t wall = INT64_C(1795592800000); /* 2026-11-25, a Wednesday, 15:46 in China */

/* ---- chance -------------------------------------------------------------------------- */

/* Linked in place of random_bytes(): tokens are drawn on one page. Each visit begins anew, so that no picture hangs on
 * those before it. */
static uint8_t chance;
void __wrap_random_bytes(void *out, size_t length);
void __wrap_random_bytes(void *out, size_t length)
{
    uint8_t *bytes = out;
    for (size_t i = 0; i < length; i++)
        bytes[i] = (uint8_t)(i * 37 + 11 + (length == 16 ? 0 : chance));
    chance++;
}

/* ---- ports --------------------------------------------------------------------------- */

static void port_reserve(void *context, const char *token)
{
    struct visits *v = context;
    snprintf(v->token, sizeof(v->token), "%s", token);
}

static void port_reserve_ticket(void *context, const char *token, const char *day)
{
    (void)day;
    port_reserve(context, token);
}

static void port_submit(void *context, const struct submission *s)
{
    struct visits *v = context;
    snprintf(v->token, sizeof(v->token), "%s", s->token);
}

static void port_ask(void *context, const char *receipt)
{
    (void)context;
    (void)receipt;
}

static void port_call_out(void *context)
{
    (void)context;
}

static void port_print(void *context, struct slip *slip, const char *job, const char *receipt,
                       bool is_reprint)
{
    struct visits *v = context;
    (void)receipt;
    (void)is_reprint;
    slip_free(slip);
    snprintf(v->job, sizeof(v->job), "%s", job);
}

static void port_keep_note(void *context, const uint8_t label[AGENT_MARK_LABEL],
                           const char *receipt, const struct bytes *note)
{
    (void)context;
    (void)label;
    (void)receipt;
    (void)note;
}

static void port_ask_notes(void *context, const uint8_t label[AGENT_MARK_LABEL])
{
    (void)context;
    (void)label;
}

static void port_spell(void *context, const char *letters, bool is_name, bool is_first)
{
    struct visits *v = context;
    (void)is_name;
    (void)is_first;
    snprintf(v->letters, sizeof(v->letters), "%s", letters);
}

static size_t port_recognise(void *context, const struct ink *ink, struct candidate *out,
                             size_t most)
{
    static const char *const known[] = { "福", "祸", "祠", "禄", "神", "祥", "礼", "祖" };
    size_t n = 0;
    (void)context;
    (void)ink;
    for (; n < most && n < sizeof(known) / sizeof(known[0]); n++)
        snprintf(out[n].text, sizeof(out[n].text), "%s", known[n]);
    return n;
}

static void port_put_parcel(void *context, const char *label, int hours, const struct bytes *parcel)
{
    struct visits *v = context;
    (void)hours;
    (void)parcel;
    snprintf(v->parcel, sizeof(v->parcel), "%s", label);
}

static void port_get_parcel(void *context, const char *label)
{
    struct visits *v = context;
    snprintf(v->parcel, sizeof(v->parcel), "%s", label);
}

static void port_end_parcel(void *context, const char *label, const char *taker)
{
    (void)taker;
    port_get_parcel(context, label);
}

static void port_count(void *context, const char *what, const char *about, const char *detail,
                       int by)
{
    (void)context;
    (void)what;
    (void)about;
    (void)detail;
    (void)by;
}

/* A sample says itself what was counted. */
static void port_ask_figures(void *context)
{
    (void)context;
}

static void port_forgotten(void *context)
{
    ((struct visits *)context)->is_forgotten = true;
}

static const char *port_translate(void *context, enum language language, const char *msgid)
{
    (void)context;
    tr_set_language(language == LANGUAGE_ZH ? "zh_CN" : "en");
    return tr(msgid);
}

/* Nobody can be asked at once, unless a place lets them (visits_let_ask()). */
static struct session_ports ports = { .reserve = port_reserve,
                                      .reserve_ticket = port_reserve_ticket,
                                      .submit = port_submit,
                                      .ask_case = port_ask,
                                      .call_out = port_call_out,
                                      .print = port_print,
                                      .spell = port_spell,
                                      .recognise = port_recognise,
                                      .keep_note = port_keep_note,
                                      .ask_notes = port_ask_notes,
                                      .put_parcel = port_put_parcel,
                                      .get_parcel = port_get_parcel,
                                      .end_parcel = port_end_parcel,
                                      .count = port_count,
                                      .ask_figures = port_ask_figures,
                                      .forgotten = port_forgotten,
                                      .translate = port_translate };

static void port_ask_county(void *context, const struct live_question *question)
{
    (void)context;
    (void)question;
}

void visits_let_ask(struct visits *v)
{
    (void)v;
    ports.ask_county = port_ask_county;
}

/* ---- building ------------------------------------------------------------------------ */

static void must(int r, const char *what)
{
    if (!r)
        return;
    fprintf(stderr, "gallery: %s: %d\n", what, r);
    exit(2);
}

static void copy_member(char *out, size_t size, const json_t *o, const char *name)
{
    const char *text = json_string_value(json_object_get(o, name));
    text_copy(out, size, text ? text : "");
}

static void load_person(struct person *p, const char *root, const char *file)
{
    char path[512];
    json_error_t error;
    snprintf(path, sizeof(path), "%s/tests/data/persons/%s", root, file);
    json_t *o = json_load_file(path, 0, &error);
    must(o ? 0 : -1, path);
    *p = (struct person){ .layout = CARD_RESIDENT, .is_long_term = true };
    copy_member(p->name, sizeof(p->name), o, "name");
    copy_member(p->nation, sizeof(p->nation), o, "nation");
    copy_member(p->birth, sizeof(p->birth), o, "birth");
    copy_member(p->address, sizeof(p->address), o, "address");
    copy_member(p->number, sizeof(p->number), o, "number");
    copy_member(p->authority, sizeof(p->authority), o, "authority");
    copy_member(p->valid_from, sizeof(p->valid_from), o, "valid_from");
    const char *sex = json_string_value(json_object_get(o, "sex"));
    p->sex = sex ? *sex : '1';
    json_decref(o);
}

void visits_open(struct visits *v, const char *root)
{
    char path[512], complaint[CATALOGUE_COMPLAINT];
    memset(v, 0, sizeof(*v));
    load_person(&v->person, root, "lin-xiuying.json");
    load_person(&v->other, root, "wang-yan.json");
    snprintf(path, sizeof(path), "%s/assets/catalogue/catalogue.json", root);
    must(catalogue_load_file(&v->catalogue, path, complaint), path);
    snprintf(path, sizeof(path), "%s/assets/input/rare.bin", root);
    must(rare_open(&v->rare, path), path);
    struct test_county *county =
        test_county_new(test_folder(), wall - 86400000, wall + INT64_C(86400000) * 365);
    must(trust_load(&v->trust, test_folder()), "trust");
    v->keys = test_county_keys(county, 1, 1);
    test_county_free(county);
}

void visits_close(struct visits *v)
{
    session_free(v->session);
    shift_free(v->shift);
    catalogue_free(v->catalogue);
    trust_free(v->trust);
    rare_free(v->rare);
    free(v->keys);
}

void visits_event(struct visits *v, enum event_kind kind, const char *name, const char *value)
{
    int number = 0;
    (void)text_to_int(&number, name);
    struct event e = { .kind = kind, .name = name, .value = value, .number = number };
    session_handle(v->session, &e);
}

void visits_number(struct visits *v, enum event_kind kind, int number)
{
    struct event e = { .kind = kind, .name = v->job, .value = "", .number = number };
    session_handle(v->session, &e);
}

void visits_card(struct visits *v, const struct person *p)
{
    struct event e = { .kind = EV_CARD_READ, .person = p };
    session_handle(v->session, &e);
}

void visits_link(struct visits *v, bool is_there, bool is_up)
{
    struct link_facts facts = { .is_there = is_there,
                                .is_up = is_up,
                                .is_accepting = is_there,
                                .kiosk_id = "K0012",
                                .clock_quality = CLOCK_NTP };
    struct event e = { .kind = EV_LINK, .link = &facts };
    session_handle(v->session, &e);
}

void visits_begin(struct visits *v, struct wishes wishes)
{
    char complaint[CATALOGUE_COMPLAINT];
    struct seal_keys *keys = NULL;
    session_free(v->session);
    shift_free(v->shift);
    v->shift = NULL;
    v->clock = fake_clock_at(1000000, wall);
    chance = 0;
    v->wishes = wishes;
    v->job[0] = v->token[0] = 0;
    ports.ask_county = NULL;
    struct session_config config = { .clock = &v->clock.base,
                                     .ports = &ports,
                                     .context = v,
                                     .utc_offset_minutes = 480,
                                     .case_url = "https://case.example/",
                                     .phone_url = "https://county.example/phone" };
    must(session_new(&v->session, &config), "session");
    must(seal_keys_parse(&keys, v->trust, v->keys, strlen(v->keys), complaint), "keys");
    session_set_catalogue(v->session, v->catalogue);
    session_set_keys(v->session, keys);
    visits_link(v, true, true);
    visits_number(v, EV_READER, 1);
    visits_number(v, EV_PRINTER, 1);
    visits_event(v, EV_LANGUAGE, "", wishes.language == LANGUAGE_ZH ? "zh" : "en");
    if (wishes.is_contrast)
        visits_event(v, EV_CONTRAST, "", "");
    if (wishes.is_elder)
        visits_event(v, EV_ELDER, "", "");
    if (wishes.is_lowered)
        visits_event(v, EV_LOWER, "", "");
}
